#pragma once

#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/smart_ptr/intrusive_ptr.hpp>
#include <boost/system/error_code.hpp>
#include <coroutine>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "transport/http_server_impl.hpp"
#include "transport/request_reader.hpp"

namespace hipchat::transport {

class conversation;

/// One connection of a server. One coroutine goes through its life: read, answer, again.
///
/// Ownership: counted, by the coroutine while it exists and by each operation under way on the
/// socket, so that memory which the kernel may still fill stays. The server knows its connections
/// without owning them. Loop thread only; the counter is not atomic.
class http_connection {
public:
    static void start(std::shared_ptr<http_server::impl> server, tcp_socket socket,
                      std::string peer);
    http_connection(const http_connection&) = delete;
    http_connection& operator=(const http_connection&) = delete;

    /// Ends what has taken longer than its limit.
    void check_deadline();
    /// The server drains: nothing idle goes on. Never ends the connection before it returns.
    void drain();
    /// The server goes away: closes the socket. A coroutine that waits for the socket is destroyed;
    /// one that waits for a handler ends when the handler does; a WebSocket's read() ends at once.
    void abandon();

private:
    struct run;
    struct completion;
    class readable;
    class writable;
    using pointer = boost::intrusive_ptr<http_connection>;
    friend void intrusive_ptr_add_ref(http_connection* connection) noexcept {
        ++connection->owners_;
    }
    friend void intrusive_ptr_release(http_connection* connection) noexcept {
        if (--connection->owners_ == 0) delete connection;
    }

    /// What the deadline is for, or that there is none.
    enum class phase { idle, head, body, handling, writing, lingering, talking };

    http_connection(std::shared_ptr<http_server::impl> server, tcp_socket socket, std::string peer);
    ~http_connection();

    run live();
    void enter(phase entered);
    void await_more();
    void take_turn();
    void start_reading();
    bool receive_now();
    bool account_memory();
    void begin_request();
    void end_request();
    http_response failed_response();
    bool prepare(http_response& response);
    bool write_some();
    task<> send_rest();
    task<> send(std::string_view constant);
    task<> refuse(int status);
    task<> linger();
    task<> talk_or_refuse(http_response& response);
    void leave();

    std::shared_ptr<http_server::impl> server_;
    tcp_socket socket_;
    std::string peer_;
    request_reader reader_;

    phase phase_ = phase::idle;
    steady_time deadline_;
    bool timed_out_ = false;
    bool abandoned_ = false;
    bool counted_ = false;  // as work of the server
    bool listed_ = true;
    bool handling_ = false;      // counted as that by the server
    bool answered_ = false;      // nothing has been read since the last answer
    std::size_t accounted_ = 0;  // bytes of the reader's memory

    std::coroutine_handle<> frame_;    // of live()
    std::coroutine_handle<> waiting_;  // live() or a task in it, while it waits for the socket
    boost::system::error_code failed_;
    std::size_t transferred_ = 0;

    std::string text_;  // head, and a body that is not large
    std::array<asio::const_buffer, 2> unsent_;
    std::shared_ptr<conversation> talking_;
    std::size_t owners_ = 0;
};

}  // namespace hipchat::transport
