import { academicRtl } from './academic-rtl.ts';
import { academic } from './academic.ts';
import { badge } from './badge.ts';
import type { BuiltInTemplate } from './built-in-template.ts';
import { classic } from './classic.ts';
import { minimal } from './minimal.ts';
import { modern } from './modern.ts';

export type { BuiltInTemplate } from './built-in-template.ts';

/** The designs that Laurel brings, drawn for it; the first one is what a tenant starts with. */
export const builtInTemplates: readonly BuiltInTemplate[] = [classic, modern, minimal, academic, badge, academicRtl];
