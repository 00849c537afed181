#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "transport/http.hpp"

namespace hipchat::transport {

/// Bytes in, requests out: the receiving half of one HTTP/1.1 connection, without its socket. Knows
/// no time. Its memory is used again for each request and shrinks after a large one.
class request_reader {
public:
    enum class state { need_more, complete, refused };

    /// How long the body of a request may be, whose head is there.
    using body_limit = std::function<std::size_t(const http_request& head)>;

    /// @param peer  what requests say about their sender; must outlive the reader
    /// @param limit asked instead of max_body_bytes, unless it is empty
    request_reader(std::size_t max_header_bytes, std::size_t max_body_bytes,
                   std::string_view peer = {}, body_limit limit = {});
    request_reader(const request_reader&) = delete;
    request_reader& operator=(const request_reader&) = delete;
    ~request_reader();

    /// Where the next bytes go: never empty, valid until the next call. To be called only after
    /// advance() has asked for more.
    std::span<char> space();
    /// The first `count` bytes of space() have been filled.
    void received(std::size_t count);

    /// Parses what is there.
    state advance();

    /// The status to answer with, after `refused`: 400, 413, 417, 431, 501 or 505.
    int refusal() const noexcept { return refusal_; }
    /// Whether any byte of the current request is there.
    bool begun() const noexcept { return size_ > 0; }
    bool head_complete() const noexcept { return head_end_ > 0; }
    /// Whether the peer waits for "100 Continue" and has sent nothing of the body; true once.
    bool wants_continue() noexcept;

    /// The request, after `complete`; views are valid until next().
    const http_request& request() const noexcept { return request_; }
    /// Whether the peer wants the connection to go on after this request.
    bool keep_alive() const noexcept;
    /// Whether the peer speaks HTTP/1.0.
    bool is_http_10() const noexcept { return minor_version_ == 0; }
    /// Everything received since the beginning of the current request, for whoever takes over.
    std::string_view bytes() const noexcept { return {data_.data(), size_}; }

    /// Memory that it holds beyond what every connection needs.
    std::size_t large_bytes() const noexcept;

    /// Forgets the current request and begins with the bytes that follow it.
    void next();

private:
    class parser;
    friend class parser;

    state refuse(int status) noexcept;
    bool skip_blank_lines();
    state parse_head();
    bool has_bare_line_feed();
    bool is_cut_last_chunk() const noexcept;
    state take_chunks();
    int version_status() const;
    int check_target();
    void resize(std::size_t capacity);
    void rebase(const char* from, const char* to);
    void reset();

    std::size_t max_header_bytes_;
    std::size_t max_body_bytes_;
    body_limit limit_;
    std::unique_ptr<parser> parser_;

    std::vector<char> data_;    // the current request begins at its first byte
    std::size_t size_ = 0;      // filled
    std::size_t parsed_ = 0;    // taken by the parser
    std::size_t looked_ = 0;    // searched for bare line feeds
    std::size_t head_end_ = 0;  // where the body begins; 0 while the head is incomplete
    std::size_t length_ = 0;    // of a body that is not chunked
    std::size_t end_ = 0;       // where the next request begins, once complete
    std::size_t blank_ = 0;     // bytes of blank lines dropped before the request

    std::vector<header> headers_;
    std::string chunks_;  // the body of a chunked request
    http_request request_;
    int minor_version_ = 1;
    int hosts_ = 0;
    int refusal_ = 0;
    bool chunked_ = false;
    bool continue_ = false;
};

}  // namespace hipchat::transport
