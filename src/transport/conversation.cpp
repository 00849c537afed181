#include "transport/conversation.hpp"

#include <boost/asio/post.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/websocket/stream.hpp>
#include <chrono>
#include <exception>
#include <utility>

#include "transport/text.hpp"

namespace hipchat::transport {
namespace {

namespace beast_websocket = boost::beast::websocket;
using boost::system::error_code;

constexpr std::size_t most_message_bytes = std::size_t{64} * 1024;
constexpr std::size_t most_queued_bytes = std::size_t{1024} * 1024;
constexpr std::chrono::seconds handshake_time{5};  // to open, and to close
constexpr std::chrono::seconds silence_time{60};

bool lists_word(const http_request& request, std::string_view name, std::string_view word) {
    for (const header& each : request.headers) {
        if (!same_word(each.name, name)) continue;
        std::string_view list = each.value;
        while (!list.empty())
            if (same_word(next_element(list), word)) return true;
    }
    return false;
}

}  // namespace

bool asks_for_websocket(const http_request& request) {
    return request.method == "GET" && request.body.empty()
           && lists_word(request, "Upgrade", "websocket")
           && lists_word(request, "Connection", "upgrade")
           && request.header_value("Sec-WebSocket-Version") == "13"
           && request.header_value("Sec-WebSocket-Key").size() == 24;
}

// Without compression: it costs memory for each connection, and mixes secrets with what others say.
class conversation::stream {
public:
    explicit stream(tcp_socket socket) : beast(std::move(socket)) {}

    beast_websocket::stream<tcp_socket, false> beast;
};

// Ends the hand-shake or a read.
struct conversation::handled {
    std::shared_ptr<conversation> self;

    void operator()(error_code failed, std::size_t = 0) const {
        self->reading_ = false;
        if (failed) self->failed_ = true;
        self->resume_reader();
    }
};

struct conversation::written {
    std::shared_ptr<conversation> self;

    void operator()(error_code failed, std::size_t) const {
        self->writing_ = false;
        if (failed) {
            self->cut();
            return;
        }
        self->queued_ -= self->queue_.front().size();
        self->queue_.pop_front();
        self->write_next();
    }
};

struct conversation::closed {
    std::shared_ptr<conversation> self;

    void operator()(error_code) const { self->cut(); }
};

class conversation::handshake {
public:
    handshake(conversation& self, const std::string& received) : self_(self), received_(received) {}
    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> awaiter) {
        self_.waiting_ = awaiter;
        self_.stream_->beast.async_accept(asio::buffer(received_),
                                          handled{self_.shared_from_this()});
    }
    bool await_resume() const noexcept { return !self_.failed_; }

private:
    conversation& self_;
    const std::string& received_;
};

class conversation::message {
public:
    explicit message(conversation& self) : self_(self) {}
    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> awaiter) {
        self_.waiting_ = awaiter;
        self_.reading_ = true;
        self_.stream_->beast.async_read(self_.received_, handled{self_.shared_from_this()});
    }
    void await_resume() const noexcept {}

private:
    conversation& self_;
};

conversation::conversation(tcp_socket socket, logger& log)
    : stream_(std::make_unique<stream>(std::move(socket))), log_(log) {
    stream_->beast.read_message_max(most_message_bytes);
    stream_->beast.text(true);
    stream_->beast.auto_fragment(false);
    beast_websocket::stream_base::timeout limits{};
    limits.handshake_timeout = handshake_time;
    limits.idle_timeout = silence_time;
    limits.keep_alive_pings = true;
    stream_->beast.set_option(limits);
}

conversation::~conversation() = default;

task<> conversation::hold(std::string received, std::function<task<>(websocket&)> talk) {
    const std::shared_ptr<conversation> alive = shared_from_this();
    handshake agreed(*this, received);
    if (!co_await agreed) co_return cut();
    open_ = true;
    finish_close();  // in case the server drains already
    std::exception_ptr failure;
    try {
        task<> talking = talk(*this);
        co_await talking;
    } catch (...) {
        failure = std::current_exception();
    }
    if (failure) log_failure(failure);
    begin_close(failure ? beast_websocket::close_code::internal_error
                        : beast_websocket::close_code::normal);
}

void conversation::log_failure(const std::exception_ptr& failure) {
    try {
        std::rethrow_exception(failure);
    } catch (const std::exception& error) {
        log_.error("a websocket handler failed", {{"error", error.what()}});
    } catch (...) {
        log_.error("a websocket handler failed");
    }
}

task<std::optional<std::string>> conversation::read() {
    if (failed_ || closing_ != 0 || reading_) co_return std::nullopt;
    message next(*this);
    co_await next;
    // go_away() may have ended the wait, but not the read.
    if (failed_ || reading_) co_return std::nullopt;
    if (!stream_->beast.got_text()) {
        failed_ = true;
        begin_close(beast_websocket::close_code::unknown_data);
        co_return std::nullopt;
    }
    std::string text = boost::beast::buffers_to_string(received_.cdata());
    received_.consume(received_.size());
    co_return text;
}

void conversation::send(std::string text) {
    if (closing_ != 0 || failed_) return;
    queued_ += text.size();
    if (queued_ > most_queued_bytes) {
        cut();
        return;
    }
    queue_.push_back(std::move(text));
    if (!writing_) write_next();
}

void conversation::write_next() {
    if (queue_.empty()) {
        finish_close();
        return;
    }
    writing_ = true;
    stream_->beast.async_write(asio::buffer(queue_.front()), written{shared_from_this()});
}

void conversation::close() {
    begin_close(beast_websocket::close_code::normal);
}

void conversation::begin_close(int code) {
    if (closing_ != 0) return;
    closing_ = code;
    if (!writing_) finish_close();
}

// Once nothing is being written any more: says so, and waits a little for the peer to agree.
void conversation::finish_close() {
    if (closing_ == 0 || !open_) return;
    open_ = false;
    if (!stream_->beast.is_open()) {
        cut();
        return;
    }
    const beast_websocket::close_reason reason(static_cast<std::uint16_t>(closing_));
    stream_->beast.async_close(reason, closed{shared_from_this()});
}

void conversation::go_away() {
    begin_close(beast_websocket::close_code::going_away);
    if (!reading_) return;
    asio::post(stream_->beast.get_executor(), [self = shared_from_this()] {
        if (self->reading_) self->resume_reader();
    });
}

void conversation::cut() {
    failed_ = true;
    open_ = false;
    if (closing_ == 0) closing_ = beast_websocket::close_code::abnormal;
    error_code ignored;
    stream_->beast.next_layer().close(ignored);
}

void conversation::abandon() {
    const std::shared_ptr<conversation> alive = shared_from_this();
    cut();
    resume_reader();
}

void conversation::resume_reader() {
    if (const auto waiting = std::exchange(waiting_, nullptr)) waiting.resume();
}

}  // namespace hipchat::transport
