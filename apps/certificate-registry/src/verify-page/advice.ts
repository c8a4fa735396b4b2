import { Html } from './html.ts';

const html = Html.of;

/** What somebody should do now, in steps. */
export function advice(heading: string, steps: readonly string[]): Html {
  return html`<div class="text">
    <h2>${heading}</h2>
    <ol class="steps">
      ${steps.map((step) => html`<li>${step}</li>`)}
    </ol>
  </div>`;
}
