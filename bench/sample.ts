/** A service of as many roles as make a definition of this size, as the tools write it: nothing in it is wrong. */
export function bigService(characters: number): { readonly definition: string; readonly configuration: string } {
	const definitions: string[] = [];
	const configurations: string[] = [];
	for (let length = 0, number = 0; length < characters; number++) {
		const definition = role(`Role${number}`, number);
		definitions.push(definition);
		configurations.push(roleConfiguration(`Role${number}`));
		length += definition.length;
	}
	const schema = 'http://schemas.microsoft.com/ServiceHosting/2008/10';
	return {
		definition: `<?xml version="1.0" encoding="utf-8"?>\n<ServiceDefinition name="Big" xmlns="${schema}/ServiceDefinition" schemaVersion="2015-04.2.6">\n${definitions.join('')}</ServiceDefinition>\n`,
		configuration: `<?xml version="1.0" encoding="utf-8"?>\n<ServiceConfiguration serviceName="Big" osFamily="6" xmlns="${schema}/ServiceConfiguration" schemaVersion="2015-04.2.6">\n${configurations.join('')}</ServiceConfiguration>\n`,
	};
}

const settings = ['StorageConnectionString', 'QueueName', 'PollingInterval', 'MaximumRetries', 'LogLevel', 'Region'];

function role(name: string, number: number): string {
	return `  <WorkerRole name="${name}" vmsize="Standard_D2_v3">
    <Runtime executionContext="limited">
      <Environment>
        <Variable name="INSTANCE_ID">
          <RoleInstanceValue xpath="/RoleEnvironment/CurrentInstance/@id" />
        </Variable>
      </Environment>
      <EntryPoint>
        <NetFxEntryPoint assemblyName="${name}.dll" targetFrameworkVersion="v4.0" />
      </EntryPoint>
    </Runtime>
    <Startup>
      <Task commandLine="startup\\install.cmd &gt;&gt; log.txt" executionContext="elevated" taskType="simple" />
    </Startup>
    <ConfigurationSettings>
${settings.map(setting => `      <Setting name="${name}.${setting}" />\n`).join('')}    </ConfigurationSettings>
    <LocalResources>
      <LocalStorage name="Cache" sizeInMB="1024" cleanOnRoleRecycle="false" />
    </LocalResources>
    <Endpoints>
      <InputEndpoint name="Public" protocol="tcp" port="${1000 + number}" localPort="${1000 + number}" />
      <InternalEndpoint name="Peers" protocol="tcp" />
    </Endpoints>
  </WorkerRole>
`;
}

function roleConfiguration(name: string): string {
	return `  <Role name="${name}">
    <Instances count="2" />
    <ConfigurationSettings>
${settings.map(setting => `      <Setting name="${name}.${setting}" value="some value" />\n`).join('')}    </ConfigurationSettings>
  </Role>
`;
}
