/**
 * The script of a startup task: repeatable, since it runs before every start of the role; with an exit code, since any
 * other than 0 recycles the instance; and with a log, since nobody is there to see it. Without byte order mark and with
 * the line ends of Windows, which its command interpreter needs (csdef.md 9).
 */
export function scriptForWindows(name: string, role: string): string {
	return `@echo off
rem Startup task of the role '${ascii(role)}'. It runs before every start of the role, after a recycle too: whatever it does
rem has to be right a second time. Exit code 0: the start goes on. Any other: the instance is recycled and tries again.
rem Keep this file ANSI, without a byte order mark.
setlocal
if not defined TEMP set "TEMP=%SystemRoot%\\Temp"
set "LOG=%TEMP%\\${name}.log"
rem The mark lies on the disk of Windows: a reimage takes it away together with what was installed.
set "DONE=%ProgramData%\\${name}.done"

echo %DATE% %TIME% ${name} begins>> "%LOG%"
if exist "%DONE%" goto done

rem What is to be done once for each installation of Windows stands here. Each step: the command, its output to the log,
rem and the way out where it fails.
ver>> "%LOG%" 2>&1
if %ERRORLEVEL% neq 0 goto failed

echo %DATE% %TIME%> "%DONE%"

:done
rem What is to be done before every start stands here.
echo %DATE% %TIME% ${name} ends>> "%LOG%"
exit /b 0

:failed
set "CODE=%ERRORLEVEL%"
echo %DATE% %TIME% ${name} failed with exit code %CODE%>> "%LOG%"
exit /b %CODE%
`.replaceAll('\n', '\r\n');
}

/** The same for a run on macOS and Linux; Azure never sees it. */
export function scriptForOthers(name: string, role: string): string {
	return `#!/bin/sh
# What ${name}.cmd does for the role '${ascii(role)}', for a run on macOS or Linux. It runs before every start of the role, so
# whatever it does has to be right a second time. Exit code 0: the start goes on. Any other: the instance is recycled.
log="\${TEMP:-/tmp}/${name}.log"
done="\${TEMP:-/tmp}/${name}.done"

fail() {
  echo "$(date) ${name} failed with exit code $1" >> "$log"
  exit "$1"
}

echo "$(date) ${name} begins" >> "$log"
if [ ! -e "$done" ]; then
  # What is to be done once stands here, each step with its way out.
  uname -a >> "$log" 2>&1 || fail $?
  date > "$done" || fail $?
fi

# What is to be done before every start stands here.
echo "$(date) ${name} ends" >> "$log"
exit 0
`;
}

/** A script in another encoding than the interpreter's would show other letters, or end with an error. */
function ascii(text: string): string {
	return text.replace(/[^ -~]/g, '_').replaceAll("'", '');
}
