#include "transport/request_reader.hpp"

#include <algorithm>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/field.hpp>
#include <cstdint>
#include <cstring>
#include <functional>
#include <optional>
#include <utility>

#include "transport/text.hpp"

namespace hipchat::transport {
namespace {

namespace http = boost::beast::http;
using boost::beast::error_code;

constexpr std::size_t initial_capacity = 4096;
// What a connection keeps between requests; not counted by large_bytes().
constexpr std::size_t kept_capacity = std::size_t{8} * 1024;
constexpr std::size_t most_blank = 16;
constexpr std::size_t most_headers = 128;

std::string_view view(boost::beast::string_view text) {
    return {text.data(), text.size()};
}

bool all_digits(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

int status_of(error_code failed) {
    if (failed == http::error::body_limit) return 413;
    if (failed == http::error::header_limit || failed == http::error::buffer_overflow) return 431;
    return 400;
}

}  // namespace

// Beast's parser, collecting views. What it tolerates and we do not is refused here.
class request_reader::parser {
public:
    explicit parser(request_reader& owner) : owner_(owner) { reset(); }

    void reset() {
        beast_.emplace(owner_);
        beast_->header_limit(static_cast<std::uint32_t>(owner_.max_header_bytes_));
        limit_body(owner_.limit_ ? SIZE_MAX : owner_.max_body_bytes_);
    }
    void limit_body(std::size_t most) { beast_->body_limit(most); }
    bool head_done() const { return beast_->is_header_done(); }
    bool done() const { return beast_->is_done(); }
    bool keep_alive() const { return beast_->keep_alive(); }
    std::size_t length() const {
        return static_cast<std::size_t>(beast_->content_length().value_or(0));
    }

    // Parses the unparsed bytes up to the next border in the message.
    error_code put() {
        error_code failed;
        const std::size_t rest = owner_.size_ - owner_.parsed_;
        const char* from = owner_.data_.data() + owner_.parsed_;
        owner_.parsed_ += beast_->put(boost::asio::const_buffer(from, rest), failed);
        return failed;
    }

private:
    class collector final : public http::basic_parser<true> {
    public:
        explicit collector(request_reader& owner) : owner_(owner) {}

    private:
        void on_request_impl(http::verb, boost::beast::string_view method,
                             boost::beast::string_view target, int version, error_code&) override {
            owner_.request_.method = view(method);
            owner_.request_.target = view(target);
            owner_.minor_version_ = version - 10;
        }

        void on_response_impl(int, boost::beast::string_view, int, error_code&) override {}

        void on_field_impl(http::field field, boost::beast::string_view name,
                           boost::beast::string_view value, error_code& failed) override {
            if (owner_.head_complete()) return;  // trailers say nothing that we use
            const header received{view(name), view(value)};
            if (owner_.headers_.size() >= most_headers) failed = http::error::header_limit;
            // A folded value is not in the buffer: Beast has unfolded it elsewhere (RFC 9112 5.2).
            if (!received.value.empty() && !owned(&received.value.front()))
                failed = http::error::bad_obs_fold;
            check(field, received.value, failed);
            owner_.headers_.push_back(received);
        }

        void on_header_impl(error_code&) override {}
        void on_body_init_impl(const boost::optional<std::uint64_t>&, error_code&) override {}
        std::size_t on_body_impl(boost::beast::string_view, error_code&) override { return 0; }
        void on_chunk_header_impl(std::uint64_t, boost::beast::string_view, error_code&) override {}
        std::size_t on_chunk_body_impl(std::uint64_t, boost::beast::string_view piece,
                                       error_code&) override {
            owner_.chunks_.append(piece.data(), piece.size());
            return piece.size();
        }
        void on_finish_impl(error_code&) override {}

        bool owned(const char* at) const {
            const std::less<> before;
            const char* begin = owner_.data_.data();
            return !before(at, begin) && before(at, begin + owner_.size_);
        }

        void check(http::field field, std::string_view value, error_code& failed) {
            if (field == http::field::host) {
                ++owner_.hosts_;
            } else if (field == http::field::content_length) {
                if (!all_digits(value) || owner_.chunked_) failed = http::error::bad_content_length;
            } else if (field == http::field::transfer_encoding) {
                check_coding(value, failed);
            } else if (field == http::field::expect) {
                if (same_word(value, "100-continue"))
                    owner_.continue_ = true;
                else
                    owner_.refusal_ = 417;
            }
        }

        // "chunked" alone, once, is what we decode (RFC 9112 6.1).
        void check_coding(std::string_view value, error_code& failed) {
            if (owner_.minor_version_ == 0 || owner_.chunked_ || value.empty())
                failed = http::error::bad_transfer_encoding;
            else if (!same_word(value, "chunked"))
                owner_.refusal_ = 501;
            owner_.chunked_ = true;
        }

        request_reader& owner_;
    };

    request_reader& owner_;
    std::optional<collector> beast_;
};

request_reader::request_reader(std::size_t max_header_bytes, std::size_t max_body_bytes,
                               std::string_view peer, body_limit limit)
    : max_header_bytes_(max_header_bytes),
      max_body_bytes_(max_body_bytes),
      limit_(std::move(limit)) {
    request_.peer = peer;
    parser_ = std::make_unique<parser>(*this);
    headers_.reserve(16);
}

request_reader::~request_reader() = default;

std::span<char> request_reader::space() {
    if (size_ == data_.size()) {
        std::size_t most = max_header_bytes_;
        if (head_complete()) most = chunked_ ? head_end_ + max_header_bytes_ : head_end_ + length_;
        const std::size_t doubled = std::max(initial_capacity, 2 * data_.size());
        resize(std::max(data_.size() + 1, std::min(doubled, most)));
    }
    return {data_.data() + size_, data_.size() - size_};
}

void request_reader::received(std::size_t count) {
    size_ += count;
}

request_reader::state request_reader::refuse(int status) noexcept {
    refusal_ = status;
    return state::refused;
}

request_reader::state request_reader::advance() {
    if (!head_complete()) {
        const state head = parse_head();
        if (head != state::complete) return head;
    }
    if (chunked_) return take_chunks();
    if (size_ - head_end_ < length_) return state::need_more;
    request_.body = {data_.data() + head_end_, length_};
    end_ = head_end_ + length_;
    return state::complete;
}

// Blank lines before a request line are dropped (RFC 9112 2.2), a few of them.
bool request_reader::skip_blank_lines() {
    if (parsed_ > 0) return true;
    std::size_t blank = 0;
    while (blank < size_ && (data_[blank] == '\r' || data_[blank] == '\n'))
        ++blank;
    if (blank == 0) return true;
    blank_ += blank;
    size_ -= blank;
    std::memmove(data_.data(), data_.data() + blank, size_);
    return blank_ <= most_blank;
}

request_reader::state request_reader::parse_head() {
    if (!skip_blank_lines()) return refuse(400);
    if (size_ == 0) return state::need_more;
    // TLS and other languages are recognised by their first byte, not after a time-out.
    if (!is_token_character(data_[0])) return refuse(400);
    while (!parser_->head_done()) {
        const error_code failed = parsed_ < size_ ? parser_->put() : http::error::need_more;
        if (failed == http::error::need_more) {
            if (has_bare_line_feed()) return refuse(400);
            return size_ >= max_header_bytes_ ? refuse(431) : state::need_more;
        }
        if (failed == http::error::bad_version) return refuse(version_status());
        if (failed) return refuse(status_of(failed));
    }
    if (parsed_ > max_header_bytes_) return refuse(431);
    head_end_ = parsed_;
    request_.headers = headers_;
    if (refusal_ != 0) return state::refused;
    if (hosts_ > 1 || (hosts_ == 0 && minor_version_ > 0)) return refuse(400);
    if (const int wrong = check_target()) return refuse(wrong);
    length_ = chunked_ ? 0 : parser_->length();
    if (!limit_) return state::complete;
    const std::size_t most = limit_(request_);
    parser_->limit_body(most);
    return length_ > most ? refuse(413) : state::complete;
}

// Looks at what has come since the last look. Beast would wait for an end that never comes.
bool request_reader::has_bare_line_feed() {
    const std::string_view bytes(data_.data(), size_);
    for (std::size_t at = bytes.find('\n', looked_); at != std::string_view::npos;
         at = bytes.find('\n', at + 1))
        if (at == 0 || bytes[at - 1] != '\r') return true;
    looked_ = size_;
    return false;
}

// 505 for a version that we do not speak, 400 for what is no version at all.
int request_reader::version_status() const {
    const std::string_view bytes(data_.data(), size_);
    const std::string_view line = bytes.substr(0, bytes.find('\r'));
    const std::size_t blank = line.rfind(' ');
    if (blank == std::string_view::npos) return 400;
    const std::string_view version = line.substr(blank + 1);
    const bool known = version.size() == 8 && version.starts_with("HTTP/") && version[6] == '.'
                       && all_digits(version.substr(5, 1)) && all_digits(version.substr(7, 1));
    return known ? 505 : 400;
}

// The origin form, or "*" of OPTIONS; the absolute form is for proxies, which we are not.
int request_reader::check_target() {
    const std::string_view target = request_.target;
    const bool asterisk = target == "*" && request_.method == "OPTIONS";
    if (!asterisk && !target.starts_with('/')) return 400;
    if (target.find('#') != std::string_view::npos) return 400;
    const std::size_t mark = target.find('?');
    request_.path = target.substr(0, mark);
    request_.query = mark == std::string_view::npos ? std::string_view() : target.substr(mark + 1);
    return 0;
}

// Once Beast has seen the size of the last chunk it asserts that it is not asked again with less
// than "0\r\n\r\n", which is how every body ends.
bool request_reader::is_cut_last_chunk() const noexcept {
    return size_ - parsed_ < 5 && data_[parsed_] == '0';
}

request_reader::state request_reader::take_chunks() {
    while (!parser_->done()) {
        const bool wait = parsed_ == size_ || is_cut_last_chunk();
        const error_code failed = wait ? http::error::need_more : parser_->put();
        if (failed == http::error::need_more) {
            // What has been decoded makes room for what comes.
            const std::size_t rest = size_ - parsed_;
            if (rest >= max_header_bytes_) return refuse(400);
            std::memmove(data_.data() + head_end_, data_.data() + parsed_, rest);
            parsed_ = head_end_;
            size_ = head_end_ + rest;
            return state::need_more;
        }
        if (failed) return refuse(status_of(failed));
    }
    request_.body = chunks_;
    end_ = parsed_;
    return state::complete;
}

bool request_reader::wants_continue() noexcept {
    const bool wants = continue_ && head_complete() && minor_version_ > 0 && size_ == head_end_
                       && (chunked_ ? chunks_.empty() : length_ > 0);
    if (wants) continue_ = false;
    return wants;
}

bool request_reader::keep_alive() const noexcept {
    return parser_->keep_alive();
}

std::size_t request_reader::large_bytes() const noexcept {
    const std::size_t held = data_.size() + chunks_.capacity();
    return held > kept_capacity ? held : 0;
}

void request_reader::next() {
    const std::size_t rest = size_ - end_;
    if (rest > 0) std::memmove(data_.data(), data_.data() + end_, rest);
    size_ = rest;
    reset();
    if (data_.size() > kept_capacity) resize(std::max(initial_capacity, rest));
    if (chunks_.capacity() > kept_capacity) std::string().swap(chunks_);
}

void request_reader::reset() {
    parser_->reset();
    parsed_ = looked_ = head_end_ = length_ = end_ = blank_ = 0;
    headers_.clear();
    chunks_.clear();
    const std::string_view peer = request_.peer;
    request_ = {};
    request_.peer = peer;
    minor_version_ = 1;
    hosts_ = refusal_ = 0;
    chunked_ = continue_ = false;
}

void request_reader::resize(std::size_t capacity) {
    std::vector<char> moved(capacity);
    if (size_ > 0) std::memcpy(moved.data(), data_.data(), size_);
    rebase(data_.data(), moved.data());
    data_.swap(moved);
}

// Lets the views of the current request follow its bytes.
void request_reader::rebase(const char* from, const char* to) {
    const auto follow = [&](std::string_view& text) {
        if (!text.empty()) text = {to + (text.data() - from), text.size()};
    };
    for (header& each : headers_) {
        follow(each.name);
        follow(each.value);
    }
    follow(request_.method);
    follow(request_.target);
    follow(request_.path);
    follow(request_.query);
}

}  // namespace hipchat::transport
