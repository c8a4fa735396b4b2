import { createHash } from 'node:crypto';
import { builtInTemplates, templateSlots } from '@laurel/rendering/templates';
import { Injectable } from '@nestjs/common';
import type { NewTemplateVersion } from '../templates/template.repository.ts';
import { courseCompletion } from './course-completion.ts';

/** A design that Laurel brings. Its versions are numbered by each tenant, in the order in which it had them. */
export interface BuiltInTemplate extends Pick<NewTemplateVersion, 'mediaType' | 'sha256' | 'bytes' | 'slots'> {
  readonly id: string;
  readonly title: string;
  readonly content: Buffer;
}

/** What Laurel brings into every tenant: credential types and designs. Their ids are nobody else's. */
@Injectable()
export class BuiltInAssets {
  readonly credentialType = courseCompletion;
  readonly templates: readonly BuiltInTemplate[] = builtInTemplates.map(({ id, title, mediaType, source }) => {
    const content = Buffer.from(source);
    const sha256 = createHash('sha256').update(content).digest('hex');
    const slots = [...templateSlots({ mediaType, source })];
    return { id, title, mediaType, sha256, bytes: content.length, slots, content };
  });

  /** Changes with anything that is built in, so that a tenant that has it all can be told at a glance. */
  readonly digest = createHash('sha256')
    .update(JSON.stringify([this.credentialType, this.templates.map(({ content: _, ...template }) => template)]))
    .digest('hex');

  hasTemplate(id: string): boolean {
    return this.templates.some((template) => template.id === id);
  }

  hasContent(sha256: string): boolean {
    return this.templates.some((template) => template.sha256 === sha256);
  }

  hasCredentialType(id: string): boolean {
    return this.credentialType.id === id;
  }
}
