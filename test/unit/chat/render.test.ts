import { expect, test } from 'vitest';
import { renderChat } from '../../../src/chat/render';

test('smoke', async () => {
  const r = await renderChat(
    {
      source:
        "{% for message in messages %}{% if loop.first and messages[0]['role'] != 'system' %}{{ '<|im_start|>system\nYou are a helpful AI assistant named SmolLM, trained by Hugging Face<|im_end|>\n' }}{% endif %}{{'<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>' + '\n'}}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}",
      named: {},
      tokens: {},
    },
    {
      shape: 'messages',
      span: { start: 0, end: 0 },
      variables: {},
      messages: [
        { role: 'user', content: 'Hi', fields: { role: 'user', content: 'Hi' } },
        { role: 'assistant', content: 'Yo ', fields: { role: 'assistant', content: 'Yo ' } },
      ],
    },
  );
  console.error(r);
  expect(r.text).toContain('Hi');
});
