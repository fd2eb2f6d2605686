/** Where things lie inside the container, as the product lays them out.
 *  Source: ADOCK (user, paths, environment); the engine's own files lie under /opt/rehearsal. */

/** Places that depend on the environment of the container. */
export interface Places {
  readonly instance: string;
  /** `/usr/irissys`: what the image brings. */
  readonly installDirectory: string;
  /** Durable directory, or the install directory where none was asked for. Closing slash. */
  readonly dataDirectory: string;
  readonly managerDirectory: string;
  readonly messagesLog: string;
  readonly cpf: string;
  /** True when ISC_DATA_DIRECTORY names a directory on a volume. */
  readonly isDurable: boolean;
  /** Registry of instances and files of the ISCAgent. */
  readonly registryDirectory: string;
  /** Unix socket of the running daemon. */
  readonly controlSocket: string;
  /** Holds process number of the daemon and when it was started. */
  readonly daemonFile: string;
  /** Directory of the engine's programs. */
  readonly engineDirectory: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

const withSlash = (directory: string): string =>
  directory.endsWith("/") ? directory : `${directory}/`;

/** The places for this environment. */
export function placesFrom(environment: Environment): Places {
  const installDirectory = environment["ISC_PACKAGE_INSTALLDIR"] ?? "/usr/irissys";
  const durable = environment["ISC_DATA_DIRECTORY"];
  const isDurable = durable !== undefined && durable !== "";
  const dataDirectory = withSlash(isDurable ? durable : installDirectory);
  const registryDirectory = environment["IRISSYS"] ?? "/home/irisowner/irissys";
  return {
    instance: environment["ISC_PACKAGE_INSTANCENAME"] ?? "IRIS",
    installDirectory,
    dataDirectory,
    managerDirectory: `${dataDirectory}mgr/`,
    messagesLog: `${dataDirectory}mgr/messages.log`,
    cpf: `${dataDirectory}iris.cpf`,
    isDurable,
    registryDirectory,
    controlSocket: `${registryDirectory}/IRIS.socket`,
    daemonFile: `${registryDirectory}/IRIS.daemon`,
    engineDirectory: environment["REHEARSAL_DIRECTORY"] ?? "/opt/rehearsal",
  };
}
