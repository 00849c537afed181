# A room is a folder of src/ built as one static library, hipchat_<name>.
#
# The arrows between rooms are enforced by include roots: each room sees its own headers and those
# of the rooms it names in SEES, and no others. A header is included as "room/file.hpp" from every
# place. The roots are links in the build tree, one folder a room, so that seeing `protocol` does
# not mean seeing all of src/.
#
#   hipchat_room(NAME SOURCES ... SEES room... LINKS library... PRECOMPILE <header>...)
function(hipchat_room name)
  cmake_parse_arguments(ROOM "" "" "SOURCES;SEES;LINKS;PRECOMPILE" ${ARGN})
  add_library(hipchat_${name} STATIC ${ROOM_SOURCES})
  hipchat_sees(hipchat_${name} ${name} ${ROOM_SEES})
  target_include_directories(hipchat_${name} PUBLIC
    $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include>
    $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
  target_compile_features(hipchat_${name} PUBLIC cxx_std_20)
  foreach(room IN LISTS ROOM_SEES)
    target_link_libraries(hipchat_${name} PUBLIC hipchat_${room})
  endforeach()
  target_link_libraries(hipchat_${name} PRIVATE ${ROOM_LINKS} $<BUILD_INTERFACE:hipchat_warnings>)
  hipchat_precompile(hipchat_${name} ${ROOM_PRECOMPILE})
endfunction()

# Compiles what nearly every file of a target includes once, for a shorter full build. A file still
# includes all that it uses: with the option off the tree must build as well.
function(hipchat_precompile target)
  if(HIPCHAT_PRECOMPILE)
    target_precompile_headers(${target} PRIVATE
      <chrono> <functional> <map> <memory> <optional> <string> <string_view> <variant> <vector>
      ${ARGN})
  endif()
endfunction()

# Lets a target include headers of the named rooms.
function(hipchat_sees target)
  foreach(room IN LISTS ARGN)
    set(root ${PROJECT_BINARY_DIR}/rooms/${room})
    if(NOT EXISTS ${root}/${room})
      file(MAKE_DIRECTORY ${root})
      file(CREATE_LINK ${PROJECT_SOURCE_DIR}/src/${room} ${root}/${room} SYMBOLIC)
    endif()
    target_include_directories(${target} PRIVATE ${root})
  endforeach()
endfunction()
