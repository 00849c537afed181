# Run by cmake/embed_text.cmake at build time: FILE, HEADER, FUNCTION, OUTPUT.
file(READ ${FILE} bytes HEX)
# Every byte as an escape of its own, so that none runs into the next.
string(REGEX REPLACE "(..)" "\\\\x\\1" bytes "${bytes}")
set(text "// Generated from a file; see cmake/embed_text.cmake.\n// NOLINTBEGIN\n")
string(APPEND text "#include \"${HEADER}\"\n\n")
string(APPEND text "std::string_view ${FUNCTION}() {\n")
string(APPEND text "    using namespace std::string_view_literals;\n")
string(APPEND text "    return \"${bytes}\"sv;\n}\n// NOLINTEND\n")
file(WRITE ${OUTPUT} "${text}")
