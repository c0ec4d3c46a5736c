import type { JournalEvent } from '../journal/journal';
import type { DiskArea, DiskContents, DiskRequest, WrittenFiles } from './worldDisks';

type DiskEntry = JournalEvent & { readonly event: 'disk' };
type Note = JournalEvent & { readonly event: 'note' };

/**
 * What was on the disks when something happened to them, what of it was kept and what was lost: counts beside the effects,
 * then the same in words, then what a role should not rely on in Azure (role-lifecycle.md 8).
 */
export function diskReport(
	entries: readonly DiskEntry[],
	request: DiskRequest,
	contents: DiskContents | undefined,
): readonly (DiskEntry | Note)[] {
	if (contents === undefined) {
		return entries;
	}
	const counted = entries.map(entry => {
		const area = contents.areas.find(each => each.disk === entry.disk && each.name === entry.name);
		return area ? { ...entry, files: area.files, bytes: area.bytes } : entry;
	});
	const texts = [
		...survival(counted),
		...(contents.written ? lostCode(contents.written, entries) : []),
		...contents.areas.flatMap(area => overQuota(area, request)),
	];
	return [...counted, ...texts.map(text => ({ event: 'note' as const, text }))];
}

/** What a recycle leaves in the application folder, the next reboot or update takes away: the role hears of it before. */
export function keptCode({ files, bytes, names }: WrittenFiles): readonly Note[] {
	const more = files > names.length ? ', ...' : '';
	const text = `Kept for now: ${filesText(files, bytes)} written into the application folder (${names.join(', ')}${more}), outside of the local resources. A reboot, an update or a reimage makes that folder anew: keep such files in local storage or outside of the instance.`;
	return files === 0 ? [] : [{ event: 'note', text }];
}

/** One sentence for what was kept, one for what was lost; nothing of empty places. */
function survival(entries: readonly DiskEntry[]): readonly string[] {
	const found = entries.filter(({ files = 0 }) => files > 0);
	const kept = found.filter(({ effect }) => effect === 'kept');
	const lost = found.filter(({ effect }) => effect !== 'kept');
	return [
		...(kept.length > 0 ? [`Kept: ${kept.map(areaText).join('; ')}.`] : []),
		...(lost.length > 0 ? [`Lost: ${lost.map(entry => `${areaText(entry)}: ${entry.why}`).join('; ')}.`] : []),
	];
}

function areaText({ disk, name, files = 0, bytes = 0 }: DiskEntry): string {
	const place = disk === 'windows' ? 'the Windows disk' : 'logs and temporary files';
	return `${name === undefined ? place : `local storage '${name}'`} with ${filesText(files, bytes)}`;
}

function lostCode({ files, bytes, names }: WrittenFiles, entries: readonly DiskEntry[]): readonly string[] {
	const why = entries.find(entry => entry.disk === 'application')?.why ?? '';
	const more = files > names.length ? ', ...' : '';
	return files === 0
		? []
		: [
				`Lost: ${filesText(files, bytes)} written into the application folder (${names.join(', ')}${more}), which is made anew (${why}); keep such files in local storage or outside of the instance.`,
			];
}

/** Azure refuses the write that goes over; here it went through. */
function overQuota({ name, bytes }: DiskArea, { localResources }: DiskRequest): readonly string[] {
	const quota = localResources.find(store => store.name === name)?.sizeInMB;
	return quota === undefined || bytes <= quota * megabyte
		? []
		: [
				`Local storage '${name}' held ${sizeText(bytes)}, more than its ${quota} MB: in Azure a write fails there with a full disk.`,
			];
}

const megabyte = 1024 * 1024;

function filesText(files: number, bytes: number): string {
	return `${files} ${files === 1 ? 'file' : 'files'} (${sizeText(bytes)})`;
}

function sizeText(bytes: number): string {
	if (bytes < 1024) {
		return `${bytes} ${bytes === 1 ? 'byte' : 'bytes'}`;
	}
	const kilobytes = bytes / 1024;
	return kilobytes < 1024 ? `${kilobytes.toFixed(1)} KB` : `${(kilobytes / 1024).toFixed(1)} MB`;
}
