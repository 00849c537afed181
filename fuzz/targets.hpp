#pragma once

#include <span>
#include <string_view>

// Every parser that a stranger reaches before it is known who calls. A target takes any bytes and
// returns; it throws broken_property, or crashes, if a parser does not keep its promises.

namespace hipchat::fuzz {

/// A connection's bytes, whole and in pieces (src/transport/request_reader).
void http(std::string_view input);
/// A compact token of a host or a page; and a header and claims with a line break between them,
/// which are signed here.
void jwt(std::string_view input);
/// Strict JSON, and the documents read from it: installations, events, capabilities, tokens.
void bodies(std::string_view input);
/// A name, a line break and a form or query; also the Basic credentials of a token request.
void forms(std::string_view input);
/// Absolute URLs and, after a line break, an address that one leads to.
void urls(std::string_view input);
/// Descriptors: read, judged and written.
void descriptors(std::string_view input);
/// Paths of requests, in the patterns of routes; also a pattern, a line break and a path; dates.
void paths(std::string_view input);
/// A pattern, a line break and the text that is searched.
void patterns(std::string_view input);
/// X-Forwarded-For, a line break and Forwarded, as a trusted proxy hands them on.
void senders(std::string_view input);
/// What people type after a slash command.
void commands(std::string_view input);
/// A Content-Type, a line break and a multipart body of it; also base64.
void multiparts(std::string_view input);
/// HTML of notifications.
void html(std::string_view input);

struct target {
    std::string_view name;
    void (*run)(std::string_view input);
};

/// All of them, by name.
std::span<const target> targets();

}  // namespace hipchat::fuzz
