import { Construct } from 'constructs';
import { type MigrationModel } from '../../src/registry/index.js';
import { podTemplate, quayVolumes } from './parts/pod.js';
import { addObject } from './parts/registry-object.js';
import { type RegistryProps } from './parts/registry-props.js';
import { madeAgain, registryWave } from './parts/waves.js';

/** The migration of the database's schema. */
export interface QuayMigrationProps extends RegistryProps, MigrationModel {}

/** The Job that brings the schema of Quay's database to the version of the image. */
export class QuayMigration extends Construct {
  constructor(scope: Construct, id: string, props: QuayMigrationProps) {
    super(scope, id);
    const { name, labels, annotations } = props;
    addObject(this, 'job', props, {
      apiVersion: 'batch/v1',
      kind: 'Job',
      name,
      labels,
      annotations: { ...annotations, ...registryWave('migration'), ...madeAgain },
      body: {
        spec: {
          template: podTemplate(props, {
            name: 'quay-app-upgrade',
            args: ['migrate', 'head'],
            restartPolicy: 'OnFailure',
            ports: [8443, 8080, 8081].map((containerPort) => ({ containerPort, protocol: 'TCP' })),
            ...quayVolumes(props),
          }),
        },
      },
    });
  }
}
