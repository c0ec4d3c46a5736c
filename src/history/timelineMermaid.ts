import { stateLooks } from './looks';
import { mermaidText } from './markup';
import type { Timeline } from './timeline';
import { type PictureOptions, statesBetween } from './timelineSvg';

/** Mermaid draws no more than this many bars in a useful time. */
const mostBars = 500;

/** A Gantt chart of the states: a section per instance; restarts are milestones. */
export function timelineMermaid(timeline: Timeline, { title, from, to, nameOf, wants }: PictureOptions): string {
	const lines = ['gantt', `    title ${mermaidText(title)}`, '    dateFormat x', '    axisFormat %H:%M:%S'];
	let bars = 0;
	for (const index of timeline.inOrder()) {
		const lane = timeline.lanes[index];
		const states = lane && wants(lane) ? statesBetween(lane, from, to) : [];
		if (!lane || states.length === 0) {
			continue;
		}
		lines.push(`    section ${mermaidText(nameOf(lane))}`);
		for (const { span, from: start, to: end } of states) {
			if (bars++ < mostBars) {
				// A bar without length is not drawn.
				lines.push(`    ${mermaidText(span.text)} :${tagOf(span.state)}${start}, ${Math.max(end, start + 1)}`);
			}
		}
		for (const { at, n } of lane.restarts) {
			if (at >= from && at <= to && bars++ < mostBars) {
				lines.push(`    restart ${n} :milestone, ${at}, 0ms`);
			}
		}
	}
	const left = bars - mostBars;
	return `${[...lines, ...(left > 0 ? [`    %% ${left} more are left out; zoom in to see them`] : [])].join('\n')}\n`;
}

function tagOf(state: keyof typeof stateLooks): string {
	switch (stateLooks[state]) {
		case 'ready':
			return 'done, ';
		case 'restarting':
		case 'failed':
			return 'crit, ';
		case 'starting':
		case 'busy':
			return 'active, ';
		default:
			return '';
	}
}
