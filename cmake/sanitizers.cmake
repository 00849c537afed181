# Sanitizers apply to every target of this build tree; a mixture would not link or would lie.
if(HIPCHAT_SANITIZE)
  add_compile_options(-fsanitize=${HIPCHAT_SANITIZE} -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${HIPCHAT_SANITIZE})
  if(HIPCHAT_SANITIZE MATCHES "undefined")
    add_compile_options(-fno-sanitize-recover=undefined)
  endif()
  if(HIPCHAT_SANITIZE MATCHES "thread")
    # Asio's fences raise -Wtsan, which warnings-as-errors turns fatal.
    add_compile_definitions(BOOST_ASIO_DISABLE_FENCED_BLOCK)
  endif()
endif()
