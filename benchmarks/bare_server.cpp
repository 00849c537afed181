// The yardstick: what one who knows Beast well would write to read a POST and answer 204, with the
// limits and time-outs that a server needs, and no work at all. Coroutines on the concrete executor
// type, one thread, the answer from one constant buffer. What it lacks: it does not look at the
// request.
//
//   bench_bare_server        prints "Listening on PORT"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/basic_stream.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <chrono>
#include <iostream>
#include <optional>
#include <string_view>
#include <utility>

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;

using executor = asio::io_context::executor_type;
using socket_type = asio::basic_stream_socket<asio::ip::tcp, executor>;
using acceptor_type = asio::basic_socket_acceptor<asio::ip::tcp, executor>;
using stream = beast::basic_stream<asio::ip::tcp, executor>;
using waits = asio::awaitable<void, executor>;

constexpr asio::use_awaitable_t<executor> awaited;
constexpr std::chrono::seconds read_time{60};
constexpr std::chrono::seconds write_time{30};
constexpr std::uint32_t most_header_bytes = 16 * 1024;
constexpr std::size_t buffer_bytes = 4096;  // a usual request arrives in one read
constexpr std::uint64_t most_body_bytes = 1024UL * 1024;
constexpr std::string_view no_content = "HTTP/1.1 204 No Content\r\n\r\n";

waits serve(socket_type socket) {
    stream peer(std::move(socket));
    beast::flat_buffer buffer;
    buffer.reserve(buffer_bytes);
    beast::error_code failed;
    peer.socket().set_option(asio::ip::tcp::no_delay(true));
    for (;;) {
        http::request_parser<http::string_body> parser;
        parser.header_limit(most_header_bytes);
        parser.body_limit(most_body_bytes);
        peer.expires_after(read_time);
        co_await http::async_read(peer, buffer, parser, asio::redirect_error(awaited, failed));
        if (failed) break;
        peer.expires_after(write_time);
        co_await asio::async_write(peer, asio::buffer(no_content),
                                   asio::redirect_error(awaited, failed));
        if (failed || !parser.get().keep_alive()) break;
    }
}

waits listen(acceptor_type& acceptor) {
    for (;;) {
        socket_type socket = co_await acceptor.async_accept(awaited);
        asio::co_spawn(acceptor.get_executor(), serve(std::move(socket)), asio::detached);
    }
}

}  // namespace

int main() {
    try {
        asio::io_context loop{1};
        const asio::ip::tcp::endpoint any_port(asio::ip::address_v4::loopback(), 0);
        acceptor_type acceptor(loop, any_port);
        std::cout << "Listening on " << acceptor.local_endpoint().port() << std::endl;
        asio::co_spawn(loop, listen(acceptor), asio::detached);
        loop.run();
        return 0;
    } catch (const std::exception& failed) {
        std::cerr << "bench_bare_server: " << failed.what() << '\n';
        return 1;
    }
}
