# Embeds one file into a target.
#
#   hipchat_embed_text(TARGET FILE HEADER FUNCTION)
#
# At build time a source file is generated that includes HEADER, which declares it, and defines
# std::string_view FUNCTION() (with its namespaces): the bytes of FILE.
function(hipchat_embed_text target file header function)
  get_filename_component(name ${file} NAME)
  set(made ${CMAKE_CURRENT_BINARY_DIR}/${name}.cpp)
  set(script ${PROJECT_SOURCE_DIR}/cmake/embed_one_file.cmake)
  add_custom_command(OUTPUT ${made}
    COMMAND ${CMAKE_COMMAND} -DFILE=${file} -DHEADER=${header} -DFUNCTION=${function}
            -DOUTPUT=${made} -P ${script}
    DEPENDS ${file} ${script}
    COMMENT "Embedding ${name}"
    VERBATIM)
  target_sources(${target} PRIVATE ${made})
endfunction()
