/** Every way a verb can fail: its code, what it means, and whether anything can have happened. */

/** `definite`: this call certainly changed nothing. Otherwise the same call again finds out,
 *  because every verb looks before it acts. */
export interface ErrorMeaning {
  readonly means: string;
  readonly definite: boolean;
}

const definite = (means: string): ErrorMeaning => ({ means, definite: true });
const unfinished = (means: string): ErrorMeaning => ({ means, definite: false });

export const errors = {
  "invalid-input": definite("the verb is unknown, or its input is not what the contract says"),
  "docker-unreachable": definite("no answer from the Docker engine"),
  "docker-refused": unfinished("the Docker engine refused a command"),
  "container-absent": definite("there is no container of that name"),
  "container-stopped": definite("the container exists and does not run"),
  "instance-down": definite("the container runs, the instance inside does not"),
  "instance-starting": definite("the instance does not admit sessions yet"),
  "no-answer": unfinished("the session ended or was silent for longer than its time limit"),
  "code-missing": definite("the classes of install/cls are not in the instance"),
  "instance-refused": unfinished("the product refused a call"),
  "time-over": unfinished("the wanted state was not reached in time"),
  "volume-absent": definite("there is no volume of that name"),
  "foreign-volume": definite("the volume belongs to another stack or member"),
  "foreign-directory": definite("the directory holds things of somebody else, or is in use"),
  "foreign-container": definite("the container belongs to another stack or member"),
  "container-ended": definite("the container ended, restarts again and again, or is another one"),
  "code-differs": definite("classes on disk are not what the program saw"),
  "code-failed": unfinished("a class did not compile"),
  "cannot-see-all": definite("not every failover member can be asked what it holds"),
  "other-mirror": definite("a member already belongs to another mirror"),
  "two-mirrors": definite("two members hold mirrors of the same name and different identity"),
  "settings-differ": definite("the mirror exists with settings only a person can change"),
  "mirror-absent": definite("none of the failover members holds the mirror"),
  "stale-entry": definite("the mirror still lists a lost member under that name"),
  "no-primary": definite("no failover member is primary"),
  "other-type": definite("the member is in the mirror as something else than wanted"),
  "is-primary": definite("the member is the primary and must hand over first"),
  "last-member": definite("the member is the last failover member of the mirror"),
  "database-elsewhere": definite("the name or the directory belongs to another database"),
  "database-missing": definite("the primary lacks a database of the mirror"),
  "plain-database": definite("an ordinary database on another member would be lost sight of"),
  "no-source": definite("no failover member has a whole copy of the database"),
  "no-room": definite("the volume of the member has not the room for a copy of the database"),
  "copy-failed": unfinished("the file of a database could not be copied whole"),
  "journals-gone": unfinished("the mirror's journals do not reach back to a copy just made"),
  "not-verified": unfinished("the mirror is not in the promised state"),
  "may-not-go": definite("the mirror needs this member now"),
} as const satisfies Record<string, ErrorMeaning>;

export type ErrorCode = keyof typeof errors;
