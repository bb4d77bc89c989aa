# What a Debian package has beside the files of the program: copyright, changelog and what lintian need not warn of; the
# manual is compressed.
# Source: Debian Policy Manual, sections 12.1, 12.5 and 12.7.
set(documents ${CPACK_TEMPORARY_INSTALL_DIRECTORY}/usr/share/doc/covenant)

file(READ ${CPACK_COVENANT_SOURCE}/LICENSE licence)
string(REGEX REPLACE "\n\n+" "\n.\n" licence "\n${licence}")
string(REGEX REPLACE "\n([^\n])" "\n \\1" licence "${licence}")
file(WRITE ${documents}/copyright
"Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: covenant

Files: *
Copyright: the authors of covenant
License: EUPL-1.2

License: EUPL-1.2${licence}")

file(COPY_FILE ${CPACK_COVENANT_SOURCE}/CHANGELOG.md ${documents}/changelog)
file(GLOB_RECURSE pages ${CPACK_TEMPORARY_INSTALL_DIRECTORY}/usr/share/man/*.[1-8])
file(WRITE ${CPACK_TEMPORARY_INSTALL_DIRECTORY}/usr/share/lintian/overrides/covenant
"# It is the one of the program, which has every release; the package has none of its own.
covenant: syntax-error-in-debian-changelog
")
execute_process(COMMAND gzip -9n ${documents}/changelog ${pages} COMMAND_ERROR_IS_FATAL ANY)
