import * as vscode from 'vscode';
import { speakNumbersIn } from '../display/numbers';
import { ActiveText } from './active-text';
import { createApi } from './api/api';
import { SelectedToken } from './api/selected-token';
import type { VitrineApi } from './api/vitrine';
import { BackgroundWork } from './background/background-work';
import { ChatDocuments } from './chat/chat-documents';
import { ChatTemplates } from './chat/chat-templates';
import { ChatTokens } from './chat/chat-tokens';
import { registerChats } from './chat/register';
import { RenderedDocuments } from './chat/rendered-documents';
import { registerCommands } from './commands/register';
import { Comparer } from './comparison/comparer';
import { Comparison } from './comparison/comparison';
import { registerComparison } from './comparison/register';
import { registerDatasetList } from './dataset-list/register';
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
import { registerLesson } from './lesson/register';
import { registerMap } from './map/register';
import { Readings } from './readings/readings';
import { Traces } from './readings/traces';
import { registerReview } from './review/register';
import { SelectedHead } from './selected-head';
import { registerServer } from './server/register';
import { WindowServer } from './server/window-server';
import type { Services } from './services';
import { registerSide } from './side/register';
import { spokenLanguage } from './spoken-language';
import { registerStatus } from './status/register';
import { registerWorkspaceScan } from './workspace-scan/register';
import { WorkspaceScans } from './workspace-scan/workspace-scans';

export function activate(context: vscode.ExtensionContext): VitrineApi {
  speakNumbersIn(spokenLanguage());
  const log = vscode.window.createOutputChannel('Vitrine', { log: true });
  const server = new WindowServer(context);
  const host = new EngineHost(log, server.modelChoice);
  const tokens = new TokenSource(server.modelChoice, host);
  const documents = new TrackedDocuments(tokens);
  const traces = new Traces();
  const chatTemplates = new ChatTemplates(server.modelChoice);
  const chats = new ChatDocuments(chatTemplates, context.workspaceState);
  const chatTokens = new ChatTokens(chats, tokens);
  const readings = new Readings(server.modelChoice, host, traces, chats);
  const comparison = new Comparison({ log, host, readings, traces, server });
  const comparer = new Comparer(comparison);
  const selection = new SelectedHead();
  const activeText = new ActiveText();
  const background = new BackgroundWork(host, comparison);
  const scans = new WorkspaceScans(context, host, background);
  const services: Services = {
    log,
    server,
    host,
    tokens,
    chatTemplates,
    chats,
    chatTokens,
    documents,
    readings,
    comparison,
    comparer,
    selection,
    activeText,
    background,
    scans,
  };
  const renderedChats = new RenderedDocuments(chats, comparison);
  const decorations = new Decorations(services, renderedChats);
  const inspector = new Inspector(services, renderedChats, context.extensionUri);
  const selected = new SelectedToken(services, decorations);
  const api = createApi(services, selected);
  context.subscriptions.push(
    ...Object.values(services),
    renderedChats,
    decorations,
    selected,
    new ComparisonNotice(host),
    // Before the colours that are of it.
    registerComparison(services, decorations, context.workspaceState),
    registerDecorations(context, services, decorations),
    registerHover(services, decorations),
    registerChats(services, decorations, renderedChats),
    registerSide(services, decorations, inspector),
    registerInspector(context, inspector, services, decorations),
    registerDatasetList(context, services),
    registerWorkspaceScan(services),
    registerMap(context, services, decorations),
    registerReview(context, services, decorations),
    registerStatus(services, decorations),
    registerCommands(services),
    registerServer(services),
    registerExamples(context, host),
    registerLesson(context, services, decorations, inspector),
    registerDocumentation(context),
    registerLanguageModelTools(api, services.server),
  );
  return api;
}
