# Our own targets are built with these; consumers never inherit them.
add_library(hipchat_warnings INTERFACE)
target_compile_options(hipchat_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual
  -Wimplicit-fallthrough -Wextra-semi -Wcast-align -Werror)
