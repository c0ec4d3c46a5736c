import { quoted } from './javascriptWorker';
import { element, type RoleTemplate } from './roleTemplate';

/** The last schema version in which VM roles are known to have stood (csdef.md 4.2). */
export const vmRoleSchemaVersion = '2012-05.1.7';

/** A VM role: a declaration, the image that the configurations name, and a folder for the chain of its disks. */
export function vmRole(name: string): RoleTemplate {
	const image = `${name}.vhd`;
	return {
		files: [
			{ path: 'README.md', text: readmeText(name, image) },
			{ path: 'adapter/adapter.js', text: adapterText(name) },
		],
		// The sizes of VM roles are the old ones (csdef.md 4.1).
		role: element('VirtualMachineRole', { name, vmsize: 'Small' }),
		image,
		// A Small instance takes a base of at most 30 GB (csdef.md 15).
		settings: {
			images: [{ file: `${name}/${image}`, sizeInGB: 30 }],
			// Not the folder of the images, of which no instance shall get a copy.
			code: `${name}/adapter`,
			run: 'node adapter.js',
		},
		notes: [
			'VM roles were retired on 15 May 2013: this one can be described and played here, and deployed nowhere. What replaces it are Azure virtual machine scale sets with an image from a compute gallery.',
		],
	};
}

function adapterText(name: string): string {
	return `'use strict';

// Stands in for the Windows service that the owner of a VM role puts into the image: it starts with the machine, waits for
// the integration components, and starts the application. It is asked to end when Windows shuts down.
console.log(${quoted(`${name} is up`)});
const working = setInterval(() => console.log('Working'), 1000);

function shutDown() {
  console.log(${quoted(`${name} is shutting down`)});
  clearInterval(working);
}

process.once('SIGINT', shutDown);
process.once('SIGTERM', shutDown);
`;
}

function readmeText(name: string, image: string): string {
	return `# ${name}: the golden image of a VM role

This folder holds the chain of disks that the instances of \`${name}\` are made from. \`rolewright.json\` describes it, the base first and then each differencing disk; an image that is here is looked at, of any other the size is believed:

    "roles": {
      "${name}": {
        "images": [
          { "file": "${name}/${image}", "sizeInGB": 30 },
          { "file": "${name}/Patch1.vhd", "sizeInGB": 30 }
        ]
      }
    }

- **Golden image** \`${image}\`: Windows Server 2008 R2 with the Windows Azure integration components, prepared with \`sysprep /generalize\`, so that each instance gets a computer name of its own. The configurations name it in \`<OsImage href="${image}" />\`.
- **Size**: an ExtraSmall instance takes a base image of at most 15 GB, a Small one 30 GB, the others 64 GB.
- **Differencing disks**: a patch is a disk that holds only what differs from its parent, and has the size of its parent. Golden image and differencing disks together are the new golden image, which the instances get upgrade domain by upgrade domain, each as if it were reimaged.
- **At run time** each instance writes to a differencing disk of its own. A reboot keeps it; a reimage, a fault or a move throws it away, and the instance begins with the golden image again.
- **Adapter** (optional): a Windows service in the image that reads settings, endpoints and local storage from the service runtime and starts the application. In a run here \`adapter/adapter.js\` takes its part: the images are described and not booted. A VM role has no OnStart, Run and OnStop, no startup tasks and no sites.
- **Patching** is the owner's work: nobody updates the operating system of a VM role.

## This format is history

VM roles were announced in 2010, never left beta and were retired on 15 May 2013. The schema knows them up to version 2012-05.1.7. Nothing can be deployed from this folder; it describes an old service so that it can be understood, played and moved.

## What replaces it

| Here | Today |
| --- | --- |
| golden image with differencing disks | versions of an image in an Azure compute gallery, made by Azure Image Builder or Packer |
| VM role with instances | a virtual machine scale set |
| upgrade domain walk of an image | rolling upgrade of a scale set |
| adapter service | custom script extension or cloud-init, and the instance metadata service |
| reimage | reimage of a scale set instance |
`;
}
