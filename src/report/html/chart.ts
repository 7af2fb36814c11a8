import { BarChart, LineChart } from 'echarts/charts';
import { GridComponent, MarkAreaComponent } from 'echarts/components';
import { type EChartsCoreOption, init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { type Html, html, trusted } from '../../markup/markup.js';

use([BarChart, LineChart, GridComponent, MarkAreaComponent, SVGRenderer]);

/** Colours by their role: the style sheet gives them values for light, dark and paper. */
export const COLOURS = {
  accepted: 'var(--accepted)',
  refused: 'var(--refused)',
  uncertain: 'var(--uncertain)',
  quiet: 'var(--quiet)',
  text: 'var(--text-soft)',
  grid: 'var(--line)',
  limit: 'var(--text)',
  pause: 'var(--pause)',
} as const;

/** Width and height of a drawing, in CSS pixels at its natural size. */
export interface ChartSize {
  readonly width: number;
  readonly height: number;
}

/** A chart drawn twice: for a desk or a page, and for a phone, where letters of the first would be too small. */
export interface Chart {
  /** Names the chart in ids; letters only. */
  readonly id: string;
  /** What a screen reader says instead of the drawing. */
  readonly label: string;
  readonly wide: ChartSize;
  readonly narrow: ChartSize;
  option(size: ChartSize): EChartsCoreOption;
}

/** The chart as inline SVG with an accessible name. The style sheet shows one of its two drawings. */
export function drawn(chart: Chart): Html {
  const drawings = (['wide', 'narrow'] as const).map(
    (kind) => html`<div class="drawing ${kind}">${trusted(svg(chart, kind))}</div>`,
  );
  return html`<div class="chart" role="img" aria-label="${chart.label}">${drawings}</div>`;
}

function svg(chart: Chart, kind: 'wide' | 'narrow'): string {
  const size = chart[kind];
  const drawing = init(null, null, { renderer: 'svg', ssr: true, ...size });
  try {
    drawing.setOption({ animation: false, textStyle: { fontFamily: 'inherit' }, ...chart.option(size) });
    return cleaned(drawing.renderToSVGString(), `${chart.id}-${kind}-`);
  } finally {
    drawing.dispose();
  }
}

/**
 * Takes out what only a script or a mouse would need, and makes ids the same for the same report: the library
 * numbers them over the life of the process. Texts in the drawing are escaped, so none of this can meet them.
 */
function cleaned(drawing: string, prefix: string): string {
  return drawing
    .replace(/<style[\s\S]*?<\/style>/gu, '')
    .replace(/ (?:class|ecmeta_\w+|pointer-events|baseProfile|version|xmlns(?::xlink)?)="[^"]*"/gu, '')
    .replace(/\bzr\d+-/gu, prefix)
    .replace(/<rect [^>]*fill="none"><\/rect>\n?/u, '')
    .replace(/ width="\d+" height="\d+"/u, ' aria-hidden="true" focusable="false"')
    .replace(/\n/gu, '');
}
