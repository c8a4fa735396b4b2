export { BrowserUnavailable } from './print/browser-unavailable.ts';
export { PrintFailed, type PrintFailure } from './print/print-failed.ts';
export type { PrintRecord } from './print/print-record.ts';
export type { RenderPlan } from './print/render-plan.ts';
export { Renderer } from './print/renderer.ts';
export type { RendererLog, RendererOptions } from './print/browser-options.ts';
export { TemplateRefused } from './template/template-refused.ts';
export { TemplateUnprintable } from './template/template-unprintable.ts';
export * from './templates.ts';
