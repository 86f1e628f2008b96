import { type Command, Option } from 'commander';
import { openChatReader } from '../chat/chat-reader';
import { printCounts, printPrompt, printRead } from '../chat/print-chats';
import type { ModelOptions } from '../session';
import { addAnyModelOptions, wholeNumber } from './options';

interface ChatOptions extends ModelOptions {
  line?: number;
  render?: boolean;
  count?: boolean;
  generationPrompt?: boolean;
  json?: boolean;
}

export function addChatCommand(program: Command): void {
  const command = program
    .command('chat')
    .summary('show conversations as a model reads them')
    .description(
      'Show conversations as a model reads them: the prompt that its chat template writes, who says what, what training counts, and how probable that is.',
    )
    .argument(
      '<file>',
      'a .jsonl (a conversation a line), JSON, .prompt.md, .prompty or Markdown with headings such as "## User"; or - for the standard input',
    )
    .option('--line <n>', 'only what begins in line n, counted from 1', wholeNumber(1))
    .option('--render', 'print the prompt of one conversation and nothing else; no model runs')
    .addOption(
      new Option(
        '--count',
        "count tokens by role, for the model and for OpenAI's vocabularies; no model runs",
      ).conflicts('render'),
    )
    .option('--generation-prompt', 'end with what the template writes before an answer');
  addAnyModelOptions(command)
    .addOption(new Option('--json', 'print one JSON object a conversation, a line each').conflicts('render'))
    .action(runChat);
}

async function runChat(file: string, options: ChatOptions): Promise<void> {
  const { line, render = false, count = false, generationPrompt = false, json = false } = options;
  const reader = await openChatReader(options, generationPrompt);
  const asked = { file, line, json };
  if (render) await printPrompt(reader, asked);
  else if (count) await printCounts(reader, asked);
  else await printRead(reader, asked, options);
}
