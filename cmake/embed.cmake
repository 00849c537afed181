# Embeds the files of a folder into a target, so that the program needs nothing beside itself.
#
#   hipchat_embed(TARGET FOLDER FUNCTION)
#
# At build time a source file is generated that defines hipchat::host::FUNCTION(): a span over
# hipchat::host::asset {path, content type, bytes, quoted SHA-256}, sorted by path. It is made anew
# when a file changes, appears or goes. Hidden files are left out.
function(hipchat_embed target folder function)
  file(GLOB_RECURSE files CONFIGURE_DEPENDS ${folder}/*)
  list(FILTER files EXCLUDE REGEX "/\\.")
  set(made ${CMAKE_CURRENT_BINARY_DIR}/${function}.cpp)
  set(script ${PROJECT_SOURCE_DIR}/cmake/embed_files.cmake)
  # The list of names is an input too: a file that has gone must not stay in.
  set(names ${CMAKE_CURRENT_BINARY_DIR}/${function}.files)
  file(CONFIGURE OUTPUT ${names} CONTENT "${files}" @ONLY)
  add_custom_command(OUTPUT ${made}
    COMMAND ${CMAKE_COMMAND} -DFOLDER=${folder} -DNAMES=${names} -DFUNCTION=${function}
            -DOUTPUT=${made} -P ${script}
    DEPENDS ${files} ${names} ${script}
    COMMENT "Embedding ${folder}"
    VERBATIM)
  target_sources(${target} PRIVATE ${made})
endfunction()
