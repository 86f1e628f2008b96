import * as vscode from 'vscode';
import { speakNumbersIn } from '../display/numbers';
import { ActiveText } from './active-text';
import { createApi } from './api/api';
import { SelectedToken } from './api/selected-token';
import type { VitrineApi } from './api/vitrine';
import { registerCommands } from './commands/register';
import { Decorations } from './decorations/decorations';
import { registerDecorations } from './decorations/register';
import { registerDocumentation } from './documentation/open-documentation';
import { TokenSource } from './documents/token-source';
import { TrackedDocuments } from './documents/tracked-documents';
import { ComparisonNotice } from './engine/comparison-notice';
import { EngineHost } from './engine/engine-host';
import { registerExamples } from './examples/open-example';
import { registerHover } from './hover/register';
import { Inspector } from './inspector/inspector';
import { registerInspector } from './inspector/register';
import { registerLanguageModelTools } from './language-model-tools';
import { Readings } from './readings/readings';
import { SelectedHead } from './selected-head';
import type { Services } from './services';
import { registerSide } from './side/register';
import { spokenLanguage } from './spoken-language';
import { registerStatus } from './status/register';

export function activate(context: vscode.ExtensionContext): VitrineApi {
  speakNumbersIn(spokenLanguage());
  const log = vscode.window.createOutputChannel('Vitrine', { log: true });
  const host = new EngineHost(log);
  const tokens = new TokenSource();
  const documents = new TrackedDocuments(tokens);
  const readings = new Readings(host);
  const selection = new SelectedHead();
  const activeText = new ActiveText();
  const services: Services = { log, host, tokens, documents, readings, selection, activeText };
  const decorations = new Decorations(services);
  const inspector = new Inspector(services, context.extensionUri);
  const selected = new SelectedToken(services, decorations);
  const api = createApi(services, selected);
  context.subscriptions.push(
    ...Object.values(services),
    decorations,
    selected,
    new ComparisonNotice(host),
    registerDecorations(context, services, decorations),
    registerHover(services, decorations),
    registerSide(services, decorations, inspector),
    registerInspector(context, inspector, services, decorations),
    registerStatus(services, decorations),
    registerCommands(services),
    registerExamples(context, host),
    registerDocumentation(context),
    registerLanguageModelTools(api),
  );
  return api;
}
