import type { TopLevelSpec } from 'vega-lite';
import type { PlotSpecification } from './plot-specification.ts';

/**
 * Draws a plot.
 *
 * @param specification - The plot.
 * @returns An SVG document.
 */
export async function renderSvg(specification: PlotSpecification): Promise<string> {
  // Loaded when they are needed: both are large, and one of Vega's modules awaits at its top level, so that nobody
  // could `require` what imports it.
  const { compile } = await import('vega-lite');
  const vega = await import('vega');
  const { spec } = compile(specification as unknown as TopLevelSpec);
  const view = new vega.View(vega.parse(spec), { renderer: 'none', logLevel: vega.Error });
  try {
    return await view.toSVG();
  } finally {
    view.finalize();
  }
}
