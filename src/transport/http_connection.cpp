#include "transport/http_connection.hpp"

#include <algorithm>
#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>
#include <exception>
#include <functional>
#include <utility>

#include "base/describe.hpp"
#include "base/worker_pool.hpp"
#include "protocol/reason_phrase.hpp"
#include "transport/afterwards.hpp"
#include "transport/conversation.hpp"

namespace hipchat::transport {
namespace {

using boost::system::error_code;

// Bodies up to this are copied behind their head and leave in one piece.
constexpr std::size_t small_body = std::size_t{16} * 1024;
// After a refusal the peer may still be sending. Closing at once would reset the connection, and
// the reset could overtake the answer; so what comes is read and dropped for a while.
constexpr std::size_t linger_bytes = std::size_t{8} * 1024 * 1024;

}  // namespace

// The coroutine's type. start() begins it; it frees itself at its end, unless abandon() did.
struct http_connection::run {
    struct promise_type {
        run get_return_object() noexcept {
            return {std::coroutine_handle<promise_type>::from_promise(*this)};
        }
        std::suspend_always initial_suspend() const noexcept { return {}; }
        std::suspend_never final_suspend() const noexcept { return {}; }
        void return_void() const noexcept {}
        void unhandled_exception() const noexcept { std::terminate(); }
    };

    std::coroutine_handle<> frame;
};

// Ends an operation on the socket. If the coroutine has been destroyed meanwhile, nothing waits.
struct http_connection::completion {
    pointer connection;

    void operator()(error_code failed, std::size_t transferred = 0) const {
        connection->failed_ = failed;
        connection->transferred_ = transferred;
        if (const auto waiting = std::exchange(connection->waiting_, nullptr)) waiting.resume();
    }
};

// Fills the reader's space; true if something came. The caller says what becomes of it.
//
// Asio tries to read at once. Right after an answer the peer cannot have sent more yet, and the try
// would cost a system call for nothing; so the other connections have their turn first.
class http_connection::readable {
public:
    explicit readable(http_connection& connection) : connection_(connection) {}
    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> awaiter) {
        connection_.waiting_ = awaiter;
        if (std::exchange(connection_.answered_, false))
            asio::post(connection_.socket_.get_executor(),
                       [self = pointer(&connection_)] { self->take_turn(); });
        else
            connection_.start_reading();
    }
    bool await_resume() const noexcept {
        return !connection_.failed_ && connection_.transferred_ > 0;
    }

private:
    http_connection& connection_;
};

// Waits until the socket takes bytes again; false if it never will.
class http_connection::writable {
public:
    explicit writable(http_connection& connection) : connection_(connection) {}
    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> awaiter) {
        connection_.waiting_ = awaiter;
        connection_.socket_.async_wait(tcp_socket::wait_write, completion{pointer(&connection_)});
    }
    bool await_resume() const noexcept { return !connection_.failed_; }

private:
    http_connection& connection_;
};

http_connection::http_connection(std::shared_ptr<http_server::impl> server, tcp_socket socket,
                                 std::string peer)
    : server_(std::move(server)),
      socket_(std::move(socket)),
      peer_(std::move(peer)),
      reader_(server_->options.max_header_bytes, server_->options.max_body_bytes, peer_,
              server_->options.body_limit) {
    error_code ignored;
    socket_.non_blocking(true, ignored);
    socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
    server_->joined(*this, peer_);
}

http_connection::~http_connection() {
    leave();
}

void http_connection::start(std::shared_ptr<http_server::impl> server, tcp_socket socket,
                            std::string peer) {
    const pointer self(new http_connection(std::move(server), std::move(socket), std::move(peer)));
    self->frame_ = self->live().frame;
    self->frame_.resume();
}

void http_connection::leave() {
    end_request();
    if (std::exchange(handling_, false)) server_->end_handling();
    if (std::exchange(listed_, false)) {
        server_->left(*this, peer_);
        server_->account(-static_cast<std::ptrdiff_t>(std::exchange(accounted_, 0)));
    }
    error_code ignored;
    socket_.close(ignored);
}

void http_connection::abandon() {
    const pointer alive(this);
    abandoned_ = true;
    if (const std::shared_ptr<conversation> talking = talking_) talking->abandon();
    leave();
    if (std::exchange(waiting_, nullptr)) frame_.destroy();
}

void http_connection::begin_request() {
    if (!std::exchange(counted_, true)) server_->begin_work();
}

void http_connection::end_request() {
    if (std::exchange(counted_, false)) server_->end_work();
}

void http_connection::take_turn() {
    if (!waiting_) return;  // abandoned
    // Whoever ended the waiting meanwhile has found no operation to cancel.
    if (timed_out_ || server_->draining())
        completion{pointer(this)}(asio::error::operation_aborted);
    else
        start_reading();
}

void http_connection::start_reading() {
    const std::span<char> space = reader_.space();
    socket_.async_read_some(asio::buffer(space.data(), space.size()), completion{pointer(this)});
}

// Takes what has arrived, without waiting.
bool http_connection::receive_now() {
    const std::span<char> space = reader_.space();
    error_code failed;
    const std::size_t count = socket_.read_some(asio::buffer(space.data(), space.size()), failed);
    if (!failed) reader_.received(count);
    return !failed && count > 0;
}

// Tells the server what this connection holds; false if all of them hold too much and this one is
// among those that grew.
bool http_connection::account_memory() {
    const std::size_t held = reader_.large_bytes();
    if (held == accounted_) return true;
    const auto grown = static_cast<std::ptrdiff_t>(held) - static_cast<std::ptrdiff_t>(accounted_);
    accounted_ = held;
    return server_->account(grown) || grown < 0;
}

http_connection::run http_connection::live() {
    const pointer alive(this);
    readable more(*this);
    for (;;) {
        enter(phase::idle);
        auto state = reader_.advance();
        bool too_much = false;
        while (state == request_reader::state::need_more) {
            await_more();
            if (reader_.wants_continue()) {
                task<> inviting = send(continue_text);
                co_await inviting;
            }
            if (phase_ == phase::idle && server_->draining()) {
                if (!receive_now()) break;
            } else if (co_await more) {
                if (timed_out_) break;
                reader_.received(transferred_);
                if (!account_memory()) {
                    too_much = true;
                    break;
                }
            } else if (timed_out_ || phase_ != phase::idle || !server_->draining()) {
                break;
            }
            state = reader_.advance();
        }
        const bool late = timed_out_ && phase_ != phase::idle;
        if (state == request_reader::state::need_more && !late && !too_much) co_return leave();
        if (state != request_reader::state::complete) {
            task<> refusing = refuse(too_much ? 503 : late ? 408 : reader_.refusal());
            co_await refusing;
            co_return leave();
        }

        begin_request();
        enter(phase::handling);
        http_response response;
        handling_ = true;
        server_->begin_handling();
        try {
            task<http_response> handling = server_->handler(reader_.request());
            response = co_await handling;
        } catch (...) {
            response = failed_response();
        }
        if (std::exchange(handling_, false)) server_->end_handling();
        if (abandoned_) co_return;
        if (response.talk) {
            task<> talking = talk_or_refuse(response);
            co_await talking;
            co_return leave();
        }
        const bool keep_alive = prepare(response);
        if (!write_some()) {
            task<> rest = send_rest();
            co_await rest;
        }
        if (failed_) co_return leave();
        if (response.afterwards) start_afterwards(server_, std::move(response.afterwards));
        end_request();
        if (!keep_alive) {
            task<> lingering = linger();
            co_await lingering;
            co_return leave();
        }
        reader_.next();
        account_memory();
        answered_ = true;
    }
}

// To be called while an exception is being handled.
http_response http_connection::failed_response() {
    try {
        throw;
    } catch (const overloaded&) {
        return http_response::overloaded();
    } catch (...) {
        server_->log.error("a request handler failed",
                           {{"method", reader_.request().method},
                            {"path", reader_.request().path},
                            {"error", describe(std::current_exception())}});
    }
    return http_response::of(500, "text/plain", "Internal Server Error\n");
}

// Makes ready what is to be written; whether the connection goes on after it.
bool http_connection::prepare(http_response& response) {
    enter(phase::writing);
    if (response.status < 200 || response.status > 599) {
        server_->log.error("a request handler answered with an impossible status",
                           {{"path", reader_.request().path}, {"status", response.status}});
        response = http_response::of(500, "text/plain", "Internal Server Error\n");
    }
    response_frame frame;
    frame.head_only = reader_.request().method == "HEAD";
    frame.http_10 = reader_.is_http_10();
    frame.keep_alive = reader_.keep_alive() && !server_->draining();
    if (is_bare_no_content(response, frame)) {
        unsent_ = {asio::buffer(no_content_text), asio::const_buffer()};
        return true;
    }
    frame.date = server_->date();
    write_head(text_, response, frame);
    const std::string_view body = body_to_send(response, frame);
    const bool small = body.size() <= small_body;
    if (small) text_.append(body);
    unsent_ = {asio::buffer(text_), small ? asio::const_buffer() : asio::buffer(body)};
    return frame.keep_alive;
}

// Writes as much as the socket takes now; false if it is full. With true, failed_ says how it went.
bool http_connection::write_some() {
    failed_ = {};
    for (;;) {
        if (unsent_[0].size() == 0) {
            unsent_[0] = std::exchange(unsent_[1], asio::const_buffer());
            if (unsent_[0].size() == 0) return true;
        }
        const std::size_t count = unsent_[1].size() == 0
                                      ? socket_.write_some(asio::buffer(unsent_[0]), failed_)
                                      : socket_.write_some(unsent_, failed_);
        if (failed_ == asio::error::would_block) return false;
        if (failed_) return true;
        const std::size_t of_first = std::min(count, unsent_[0].size());
        unsent_[0] += of_first;
        unsent_[1] += count - of_first;
    }
}

task<> http_connection::send_rest() {
    writable room(*this);
    do {
        const bool takes = co_await room;
        if (timed_out_) failed_ = asio::error::timed_out;
        if (!takes || timed_out_) co_return;
    } while (!write_some());
}

task<> http_connection::send(std::string_view constant) {
    unsent_ = {asio::buffer(constant), asio::const_buffer()};
    if (write_some()) co_return;
    task<> rest = send_rest();
    co_await rest;
}

task<> http_connection::refuse(int status) {
    begin_request();
    enter(phase::writing);
    std::string reason(protocol::reason_phrase(status));
    reason += '\n';
    const http_response response = status == 503
                                       ? http_response::overloaded()
                                       : http_response::of(status, "text/plain", std::move(reason));
    response_frame frame;
    frame.keep_alive = false;
    frame.date = server_->date();
    write_head(text_, response, frame);
    text_ += response.body;
    task<> sending = send(text_);
    co_await sending;
    end_request();
    if (failed_) co_return;
    task<> lingering = linger();
    co_await lingering;
}

// Tells the peer that nothing more comes, and drops what it still sends.
task<> http_connection::linger() {
    enter(phase::lingering);
    error_code gone;
    socket_.shutdown(tcp_socket::shutdown_send, gone);
    if (gone) co_return;
    readable more(*this);
    std::size_t dropped = 0;
    while (dropped < linger_bytes && !timed_out_) {
        if (!co_await more) co_return;
        dropped += transferred_;
    }
}

task<> http_connection::talk_or_refuse(http_response& response) {
    if (reader_.is_http_10() || !asks_for_websocket(reader_.request())) {
        task<> refusing = refuse(400);
        co_await refusing;
        co_return;
    }
    enter(phase::talking);
    talking_ = std::make_shared<conversation>(std::move(socket_), server_->log);
    if (server_->draining()) talking_->go_away();
    task<> talking = talking_->hold(std::string(reader_.bytes()), std::move(response.talk));
    co_await talking;
    talking_.reset();
}

}  // namespace hipchat::transport
