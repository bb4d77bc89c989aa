# `cpack -G DEB` makes a Debian package of a build; every build option serves.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME covenant)
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGE_CONTACT "covenant maintainers <covenant@example.org>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "register of the Covenant of Mayors' Associated Partners")
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION
  "covenant files applications one by one or by the spreadsheet, checks
eligibility, records the signed commitment with which a partnership becomes
official, ends partnerships, and publishes the list.
Everything is in one file, together with the history of every change.")
set(CPACK_DEBIAN_PACKAGE_SECTION database)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)  # of whatever is not linked statically
set(CPACK_DEBIAN_PACKAGE_DEPENDS "fonts-noto-core, systemd | systemd-standalone-sysusers")  # of PDFs; of the user
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA
  ${CMAKE_CURRENT_LIST_DIR}/debian/postinst ${CMAKE_CURRENT_LIST_DIR}/debian/prerm ${CMAKE_CURRENT_LIST_DIR}/debian/postrm)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "less, cron | systemd")
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_STRIP_FILES ON)
# Installed as it will be: units and completions know where they are.
set(CPACK_SET_DESTDIR ON)
set(CPACK_INSTALL_PREFIX /usr)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
  OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_PRE_BUILD_SCRIPTS ${CMAKE_CURRENT_LIST_DIR}/documents.cmake)
set(CPACK_COVENANT_SOURCE ${PROJECT_SOURCE_DIR})
include(CPack)
