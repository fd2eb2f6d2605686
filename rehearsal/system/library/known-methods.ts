/** Methods that classes of the product have and this engine may not have: they tell "not simulated"
 *  from a slip of the pen, which is `<METHOD DOES NOT EXIST>`. Source: class reference, not
 *  compared name by name; one that is missing here is refused too, only with that other error. */

const byClass: Readonly<Record<string, readonly string[]>> = {
  "%SYSTEM.OBJ": [
    "CloseObjects Compile CompileAll CompileAllNamespaces CompileList CompilePackage",
    "CompileProject Delete DeleteAll DeletePackage DisplayError DropPackage Dump Export",
    "ExportAllClasses ExportAllClassesIndividual ExportAllClassesToStream",
    "ExportAllClassesVersion ExportCPP ExportJava ExportJavaPackage ExportODL ExportPackage",
    "ExportPackageToStream ExportPattern ExportToStream ExportUDL FixSqlNames GenerateEmbedded",
    "GetClassList GetConcurrencyMode GetDependencies GetMPPOption GetPackageList",
    "GetQualifiers GetTransactionMode Help Import ImportDir IsUpToDate IsValidClassname Load",
    "LoadDir LoadStream MakeClassDeployed New Open OpenId Save SetConcurrencyMode SetFlags",
    "SetMPPOption SetQualifiers SetTransactionMode ShowClasses ShowErrors ShowFlags",
    "ShowMacros ShowObjects ShowQualifiers ShowReferences StudioOpenDialog UnCompile UnLoad",
    "UnregisterAll Upgrade UpgradeAll Valid ValidateIndices Version",
  ],
  "%SYSTEM.Process": [
    "AsyncDisconnectErr AsynchError BatchFlag BreakMode CallingDatabase CallingRoutine",
    "ClearAppFrameInfo ClientExecutableName ClientIPAddress ClientNodeName CurrentDevice",
    "CurrentDirectory DefaultDisplayNLSTable DisconnectErr DisconnectTimeout ErrorLine",
    "ExamStackByPid FileMode GetAppFrameInfo GetCPUTime GetOSUserName GlobalKillDisabled",
    "IODollarMode IgnoreHalt IsGhost JobType KeyInterrupt KillAllPrivateGlobals LimitMemory",
    "LineRecall ListFormat LockGlobals MaxMemory MemoryAutoExtend ModemDisconnectErr NameSpace",
    "NodeNameInPid NullSubscripts OldLockTableFormat OldZU5 OpenMode PID PipeExitCode",
    "PopAppFrame PrincipalDevice Priority PrivateGlobalLocation ProcessType PushAppFrame",
    "Quiesce ReadTerminator RefInKind ReleaseAllLocks ResetMemory Resume ScientificNotation",
    "SetAppFrameInfo SetBatch SetPrio SetZEOF ShowAutoLoad SplitIODollar State Suspend",
    "SwitchBreak SynchCommit Terminate ThrowError TimeZone TransactionsSuspended",
    "TruncateOverflow TypeAhead Undefined UserInfo UserName UserRoutinePath WriteBreak",
    "XDirectory YearOption ZDateNull",
  ],
  "%SYSTEM.Util": [
    "BinaryDirectory CleanDeletedFiles Collation CompactMultiByte CreateGUID DataDirectory",
    "Decompress Compress DisableUserAccess FixOverlayedFiles GetEnviron GetPrio GetSwitch",
    "GetSwitches GetWriteDaemonErrorFlag InstallDirectory IntegerToOrdinal IsDST",
    "LocalWithZTIMEZONEtoUTC ManagerDirectory NumberOfCPUs RoutineSetIsSupported SetBatch",
    "SetClusterPrio SetInterjobCommunication SetPrio SetSwitch SetTimeFormat ShowLastLogin",
    "UserRoutinePath UTCtoLocalWithZTIMEZONE",
  ],
  "%SYSTEM.INetInfo": [
    "AddrToHostName CheckAddressExist CheckInterfaceByAddr CheckSubnetAddress EthernetAddress",
    "GetInterfacesInfo GetListeningPortInfo HostNameToAddr IPAddressToSubnet IPV6Format",
    "LocalHostName OSsupportsIPV6 PrivateIPv4Address TextToBinaryAddr",
  ],
  "%SYSTEM.Version": [
    "Format GetBuildDate GetBuildNumber GetBuildOS GetBuildTime GetCompBuild",
    "GetCompBuildDate GetCompBuildNumber GetComponents GetCompVersion GetISCProduct GetMajor",
    "GetMinor GetNumber GetOS GetPatchId GetPlatform GetPoint GetProduct GetSystemMode",
    "GetVersion Is64Bits IsBigEndian IsUnicode SystemMode",
  ],
  "%SYSTEM.Status": [
    "AppendStatus DecomposeStatus DisplayError EmbedStatus Equals Error ErrorToString",
    "GetErrorCodes GetErrorText GetOneErrorText GetOneStatusText Help IsError IsOK OK",
    "StatusEquals StatusToSQLCODE UnpackStatus",
  ],
  "%SYS.System": [
    "GetInstanceName GetNLSLocale GetNodeName GetPlatform GetUniqueInstanceName SystemMode",
    "TempDirectory WriteToAuditLog WriteToConsoleLog",
  ],
  "%Library.File": [
    "%New %Open Attributes CanonicalFilename Clear Close CompareFiles Complete CopyDir CopyFile",
    "CreateDirectory",
    "CreateDirectoryChain CreateNewDir DeconstructFilename Delete DirectoryExists DriveListExecute",
    "ComputeFullDBDir Exists FileSetExecute Flush GetCanonicalFilename GetDirectory GetDirectoryLength",
    "GetDirectoryPiece GetDirectorySpace GetFileDateCreated GetFileDateModified GetFilename",
    "GetFileSize IsOpen ManagerDirectory NormalizeDirectory NormalizeFilename",
    "NormalizeFilenameWithSpaces Open ParentDirectoryName Read ReadLine ReadOnly RemoveDirectory",
    "RemoveDirectoryTree Rename RenameDirectory Rewind SetAttributes SetExecutable SetReadOnly",
    "SetWriteable Size SubDirectoryName TempFilename Writeable Write WriteLine",
  ],
};

/** The methods of a class.
 *  @throws Error for a class without a list: a slip in this program */
export function knownMethods(className: string): readonly string[] {
  const lines = byClass[className];
  if (lines === undefined) throw new Error(`no list of methods for ${className}`);
  return lines.flatMap((line) => line.split(" "));
}
