# Everything the product links, all from the distribution's archive. Reasons: docs/dependencies.md.
# Global, because a project that adds this one links them through our targets.
set(CMAKE_FIND_PACKAGE_TARGETS_GLOBAL ON)
find_package(Boost 1.81 REQUIRED COMPONENTS json url)
find_package(OpenSSL 3 REQUIRED)
find_package(CURL REQUIRED)
find_package(SQLite3 REQUIRED)
find_package(Threads REQUIRED)
find_package(CLI11 REQUIRED)
if(HIPCHAT_HOST)
  find_package(LibArchive REQUIRED)
endif()
find_package(PkgConfig REQUIRED)
pkg_check_modules(RE2 REQUIRED IMPORTED_TARGET GLOBAL re2)
pkg_check_modules(PCRE2 REQUIRED IMPORTED_TARGET GLOBAL libpcre2-8)
pkg_check_modules(SODIUM REQUIRED IMPORTED_TARGET GLOBAL libsodium)
pkg_check_modules(GUMBO REQUIRED IMPORTED_TARGET GLOBAL gumbo)
# One header without a package file.
find_path(MUSTACHE_INCLUDE kainjow/mustache.hpp REQUIRED)
