# Sanitizers apply to every target of this build tree; a mixture would not link or would lie.
if(HIPCHAT_SANITIZE)
  add_compile_options(-fsanitize=${HIPCHAT_SANITIZE} -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${HIPCHAT_SANITIZE})
  if(HIPCHAT_SANITIZE MATCHES "undefined")
    # The check of virtual tables probes memory through a pipe, and calls a sound object broken when
    # no descriptor is left for one: a state that is under test.
    add_compile_options(-fno-sanitize-recover=undefined -fno-sanitize=vptr)
  endif()
  if(HIPCHAT_SANITIZE MATCHES "thread")
    # Asio's fences raise -Wtsan, which warnings-as-errors turns fatal.
    add_compile_definitions(BOOST_ASIO_DISABLE_FENCED_BLOCK)
  endif()
endif()

# What libFuzzer watches: which way each branch goes.
if(HIPCHAT_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()
