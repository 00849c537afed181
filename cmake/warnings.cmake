# Our own targets are built with these; consumers never inherit them.
add_library(hipchat_warnings INTERFACE)
target_compile_options(hipchat_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual
  -Wimplicit-fallthrough -Wextra-semi -Wcast-align)

# Not in somebody else's build, whose compiler may know more warnings than ours.
if(PROJECT_IS_TOP_LEVEL)
  target_compile_options(hipchat_warnings INTERFACE -Werror)
endif()

# g++ 12 sees std::string concatenation run out of its small buffer where it does not (GCC bugs
# 105329 and 105651, mended in 13), and, when it optimises, takes the text of an empty
# std::optional for one that its destructor reads.
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  target_compile_options(hipchat_warnings INTERFACE -Wno-array-bounds -Wno-restrict
    -Wno-stringop-overflow -Wno-stringop-overread $<$<CONFIG:Release>:-Wno-maybe-uninitialized>)
endif()
