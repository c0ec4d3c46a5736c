import { escapeValue } from '../model/markup';
import { identifier } from './dotnetProject';
import { packageOf } from './javascriptWorker';
import { type RoleTemplate, webElement } from './roleTemplate';

/** Web roles: a site bound to one endpoint, and no entry point of their own. */

export function staticSite(name: string, port: number): RoleTemplate {
	return {
		files: [{ path: 'index.html', text: pageText(name) }],
		role: webElement(name, port, name),
	};
}

export function nodeSite(name: string, port: number): RoleTemplate {
	return {
		files: [
			{ path: 'server.js', text: serverText(name) },
			{ path: 'package.json', text: packageOf(name, { main: 'server.js', scripts: { start: 'node server.js' } }) },
			{ path: 'web.config', text: iisnodeText },
		],
		role: webElement(name, port, name),
		notes: ['On Azure the instances need Node.js and iisnode: install them with a startup task.'],
	};
}

export function aspNetCoreSite(name: string, port: number): RoleTemplate {
	const project = `${name}.csproj`;
	return {
		files: [
			{ path: project, text: webProject(name) },
			{ path: 'Program.cs', text: programText(name) },
		],
		role: webElement(name, port, name),
		project,
		buildTask: { command: 'dotnet', args: ['build', `${name}/${project}`], problemMatcher: '$msCompile' },
		notes: [
			'On Azure the instances need the ASP.NET Core hosting bundle: install it with a startup task, and package what "dotnet publish" makes.',
		],
	};
}

/** A part that is not there yet, and the first page of it: `index.html`. */
export function pageText(title: string): string {
	return `<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <title>${title}</title>
  </head>
  <body>
    <h1>${title}</h1>
  </body>
</html>
`;
}

function serverText(name: string): string {
	return `'use strict';

const http = require('node:http');

const server = http.createServer((request, response) => {
  response.setHeader('Content-Type', 'text/plain; charset=utf-8');
  response.end('${name} answers ' + request.url + '\\n');
});

// iisnode gives each site a port or a pipe of its own.
server.listen(process.env.PORT || 8080);

process.once('SIGINT', () => server.close());
process.once('SIGTERM', () => server.close());
`;
}

const iisnodeText = `<?xml version="1.0" encoding="utf-8"?>
<configuration>
  <system.webServer>
    <handlers>
      <add name="iisnode" path="server.js" verb="*" modules="iisnode" />
    </handlers>
    <rewrite>
      <rules>
        <rule name="everything">
          <match url=".*" />
          <action type="Rewrite" url="server.js" />
        </rule>
      </rules>
    </rewrite>
    <security>
      <requestFiltering>
        <hiddenSegments>
          <add segment="node_modules" />
        </hiddenSegments>
      </requestFiltering>
    </security>
  </system.webServer>
</configuration>
`;

function webProject(name: string): string {
	return `<Project Sdk="Microsoft.NET.Sdk.Web">

  <PropertyGroup>
    <TargetFramework>net8.0</TargetFramework>
    <AssemblyName>${escapeValue(name, '"')}</AssemblyName>
    <RootNamespace>${identifier(name)}</RootNamespace>
    <Nullable>enable</Nullable>
    <ImplicitUsings>enable</ImplicitUsings>
    <!-- A machine with a later runtime only runs it too. -->
    <RollForward>Major</RollForward>
  </PropertyGroup>

</Project>
`;
}

function programText(name: string): string {
	return `var builder = WebApplication.CreateBuilder(args);
var app = builder.Build();

app.MapGet("/", () => "${name} answers");

app.Run();
`;
}
