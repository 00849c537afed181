#include "transport/http_server.hpp"

#include <algorithm>
#include <boost/asio/error.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/system/error_code.hpp>
#include <string>
#include <utility>
#include <vector>

#include "hipchat/errors.hpp"
#include "transport/afterwards.hpp"
#include "transport/http_connection.hpp"
#include "transport/http_server_impl.hpp"

namespace hipchat::transport {
namespace {

using boost::system::error_code;
using std::chrono::milliseconds;

constexpr milliseconds accept_pause{100};

// Fine enough for the shortest limit, and rare enough to cost nothing.
milliseconds tick_for(const http_server_options& options) {
    const milliseconds shortest =
        std::min({options.header_time, options.body_time, options.idle_time, options.write_time});
    return std::clamp(shortest / 4, milliseconds(5), milliseconds(500));
}

// What comes from a lack of something in this process or machine, and passes.
bool is_shortage(error_code failed) {
    return failed == asio::error::no_descriptors || failed == asio::error::no_buffer_space
           || failed == asio::error::no_memory
           || failed == boost::system::errc::too_many_files_open_in_system;
}

}  // namespace

struct http_server::impl::accepted {
    std::shared_ptr<impl> server;

    void operator()(error_code failed, tcp_socket socket) const {
        if (server->closed_ || server->draining_) return;
        if (is_shortage(failed)) {
            server->pause_accepting(failed.message().c_str());
            return;
        }
        if (!failed) server->take(std::move(socket));
        server->accept();
    }
};

struct http_server::impl::ticked {
    std::weak_ptr<impl> server;

    void operator()(error_code failed) const {
        const std::shared_ptr<impl> living = server.lock();
        if (living && !failed) living->tick();
    }
};

http_server::impl::impl(io_loop& its_loop, logger& its_log, http_server_options its_options,
                        http_handler its_handler)
    : loop(its_loop),
      log(its_log),
      options(std::move(its_options)),
      handler(std::move(its_handler)),
      acceptor_(loop.asio().io.get_executor()),
      ticker_(loop.asio().io.get_executor()),
      tick_(tick_for(options)),
      now_(std::chrono::steady_clock::now()) {
}

http_server::impl::~impl() = default;

void http_server::impl::listen() {
    if (!options.tls.empty()) tls_.emplace(options.tls);
    const std::string place = options.address + " port " + std::to_string(options.port);
    error_code failed;
    const auto address = asio::ip::make_address(options.address, failed);
    if (failed)
        throw config_error("cannot listen on " + place
                           + ": not an IPv4 or IPv6 address; give it in digits");
    const asio::ip::tcp::endpoint endpoint(address, options.port);
    acceptor_.open(endpoint.protocol(), failed);
    if (!failed) acceptor_.set_option(asio::socket_base::reuse_address(true), failed);
    if (!failed) acceptor_.bind(endpoint, failed);
    if (!failed) acceptor_.listen(asio::socket_base::max_listen_connections, failed);
    if (!failed) acceptor_.non_blocking(true, failed);
    if (failed)
        throw config_error("cannot listen on " + place + ": " + failed.message()
                           + "; stop what uses it, or choose another port");
    accept();
}

std::uint16_t http_server::impl::port() const {
    error_code gone;
    return acceptor_.local_endpoint(gone).port();
}

void http_server::impl::accept() {
    acceptor_.async_accept(peer_, accepted{shared_from_this()});
}

bool http_server::impl::has_room_for(const std::string& peer) const {
    if (connections_.size() >= options.max_connections) return false;
    const std::size_t most = options.max_connections_per_address;
    if (most == 0) return true;
    const auto known = by_address_.find(peer);
    return known == by_address_.end() || known->second < most
           || (options.stands_for_many && options.stands_for_many(peer));
}

void http_server::impl::take(tcp_socket socket) {
    std::string peer = peer_.address().to_string();
    if (!has_room_for(peer)) {
        ++turned_away_;
        return;  // closed by its destructor
    }
    start_ticking();
    if (tls_) socket = tls_->decrypted(std::move(socket));
    if (!socket.is_open()) return;
    http_connection::start(shared_from_this(), std::move(socket), std::move(peer));
}

// Waits for descriptors to come back instead of asking for them again and again.
void http_server::impl::pause_accepting(const char* reason) {
    log.warning("cannot accept connections for the moment", {{"reason", reason}});
    accept_again_ = loop.call_after(accept_pause, [weak = weak_from_this()] {
        const std::shared_ptr<impl> server = weak.lock();
        if (!server || server->closed_ || server->draining_) return;
        server->accept_again_ = 0;
        server->accept();
    });
}

void http_server::impl::start_ticking() {
    if (ticking_) return;
    ticking_ = true;
    now_ = std::chrono::steady_clock::now();
    ticker_.expires_after(tick_);
    ticker_.async_wait(ticked{weak_from_this()});
}

void http_server::impl::tick() {
    ticking_ = false;
    now_ = std::chrono::steady_clock::now();
    if (closed_ || connections_.empty()) return;
    for (http_connection* connection : connections_)
        connection->check_deadline();
    start_ticking();
}

void http_server::impl::joined(http_connection& connection, const std::string& peer) {
    connections_.insert(&connection);
    ++by_address_[peer];
}

void http_server::impl::left(http_connection& connection, const std::string& peer) {
    connections_.erase(&connection);
    const auto known = by_address_.find(peer);
    if (known != by_address_.end() && --known->second == 0) by_address_.erase(known);
}

bool http_server::impl::account(std::ptrdiff_t grown) noexcept {
    receiving_ += grown;
    return receiving_ <= static_cast<std::ptrdiff_t>(options.max_receiving_bytes);
}

void http_server::impl::end_work() {
    --working_;
    if (draining_ && working_ == 0) report_drained();
}

// Connections whose hand-shake the kernel has finished may already carry a request.
void http_server::impl::accept_queued() {
    for (std::size_t queued = 0; queued < options.max_connections; ++queued) {
        tcp_socket socket(loop.asio().io.get_executor());
        error_code failed;
        acceptor_.accept(socket, peer_, failed);
        if (failed) return;
        take(std::move(socket));
    }
}

void http_server::impl::drain(std::chrono::milliseconds limit,
                              std::function<void(std::size_t)> drained) {
    if (draining_ || closed_) return;
    drained_ = std::move(drained);
    accept_queued();
    draining_ = true;
    error_code ignored;
    acceptor_.close(ignored);
    now_ = std::chrono::steady_clock::now();
    // Held for as long as it takes to look at every connection.
    begin_work();
    for (http_connection* connection : connections_)
        connection->drain();
    drain_limit_ = loop.call_after(limit, [weak = weak_from_this()] {
        if (const std::shared_ptr<impl> server = weak.lock()) server->report_drained();
    });
    end_work();
}

// Called at the moment when the last work ends, from within it: the report comes a turn later.
void http_server::impl::report_drained() {
    if (!drained_) return;
    loop.cancel(drain_limit_);
    loop.post(
        [server = shared_from_this(), drained = std::exchange(drained_, nullptr), left = working_] {
            if (!server->closed_) drained(left);
        });
}

void http_server::impl::close() {
    closed_ = true;
    drained_ = nullptr;
    if (drain_limit_ != 0) loop.cancel(drain_limit_);
    if (accept_again_ != 0) loop.cancel(accept_again_);
    error_code ignored;
    acceptor_.close(ignored);
    ticker_.cancel();
    const std::vector<http_connection*> connections(connections_.begin(), connections_.end());
    for (http_connection* connection : connections)
        connection->abandon();
}

http_server::http_server(io_loop& loop, logger& log, http_server_options options,
                         http_handler handler)
    : impl_(std::make_shared<impl>(loop, log, std::move(options), std::move(handler))) {
    impl_->listen();
}

http_server::~http_server() {
    impl_->close();
}

void http_server::renew_tls() {
    impl_->renew_tls();
}

std::uint16_t http_server::port() const noexcept {
    return impl_->port();
}

void http_server::drain(std::chrono::milliseconds limit, std::function<void(std::size_t)> drained) {
    impl_->drain(limit, std::move(drained));
}

void http_server::run_beside(std::function<task<>()> work) {
    start_afterwards(impl_, std::move(work));
}

std::size_t http_server::under_way() const noexcept {
    return impl_->under_way();
}

std::size_t http_server::receiving_bytes() const noexcept {
    return impl_->receiving_bytes();
}

std::size_t http_server::connections() const noexcept {
    return impl_->connections();
}

std::uint64_t http_server::turned_away() const noexcept {
    return impl_->turned_away();
}

}  // namespace hipchat::transport
