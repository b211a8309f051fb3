import { html, nothing } from 'lit';
import { render as markdown } from '../markdown';
import type { Rubric } from './contract';

/// The rubric as an annotator reads it: what to look at, what the scale means, and examples to hold on to.
export function rubricPanel(rubric: Rubric, close: () => void): unknown {
  return html`<aside class="rubric" aria-labelledby="rubric-title">
    <header>
      <h2 id="rubric-title">${rubric.title}</h2>
      <button type="button" class="icon" @click=${close} aria-label="Close the rubric">✕</button>
    </header>
    <div class="rubric-body">
      <p class="soft">Version ${rubric.version}</p>
      ${rubric.summary ? html`<p class="summary" dir="auto">${rubric.summary}</p>` : nothing}
      ${rubric.instructions ? html`<div class="markdown small">${markdown(rubric.instructions, { wrapped: true })}</div>` : nothing}
      ${(rubric.criteria ?? []).map(
        criterion => html`<section class="criterion">
          <h3 dir="auto">${criterion.name}</h3>
          ${criterion.question ? html`<p dir="auto">${criterion.question}</p>` : nothing}
          ${criterion.anchors?.length
            ? html`<dl>
                ${criterion.anchors.map(
                  anchor => html`<dt>${anchor.value}${anchor.label ? html` <b>${anchor.label}</b>` : nothing}</dt>
                    <dd dir="auto">${anchor.text ?? ''}</dd>`,
                )}
              </dl>`
            : nothing}
        </section>`,
      )}
      ${rubric.examples?.length
        ? html`<section><h3>Examples</h3>
            ${rubric.examples.map(
              example => html`<details>
                <summary dir="auto">${example.prompt}</summary>
                <h4>Better</h4><p class="pre" dir="auto">${example.better}</p>
                <h4>Worse</h4><p class="pre" dir="auto">${example.worse}</p>
                ${example.why ? html`<h4>Why</h4><p dir="auto">${example.why}</p>` : nothing}
              </details>`,
            )}
          </section>`
        : nothing}
    </div>
  </aside>`;
}
