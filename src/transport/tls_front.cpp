#include "transport/tls_front.hpp"

#include <sys/socket.h>

#include <array>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>
#include <boost/system/error_code.hpp>
#include <chrono>
#include <string>
#include <utility>

#include "hipchat/errors.hpp"

namespace hipchat::transport {
namespace {

using boost::system::error_code;

constexpr std::chrono::seconds farewell_time{2};
constexpr std::size_t part_bytes = std::size_t{16} * 1024;  // a record of TLS

[[noreturn]] void refuse(const char* what, const std::string& file, const std::string& why) {
    throw config_error(std::string(what) + " " + file + " cannot be used (" + why
                       + "); name a PEM file that this program may read");
}

}  // namespace

struct tls_front::context {
    asio::ssl::context ssl{asio::ssl::context::tls_server};
};

// One connection: both ways, and its end. Owned by the operations under way on its sockets.
class tls_front::pump : public std::enable_shared_from_this<pump> {
public:
    pump(tcp_socket connection, tcp_socket inner, std::shared_ptr<context> with)
        : context_(std::move(with)),
          outer_(std::move(connection), context_->ssl),
          inner_(std::move(inner)),
          farewell_(outer_.get_executor()) {}

    void start() {
        const auto shaken = [self = shared_from_this()](error_code failed) {
            if (failed) {
                self->close();
                return;
            }
            self->is_shaken_ = true;
            self->read_outer();
            if (self->answer_size_ > 0) self->write_outer();
        };
        outer_.async_handshake(asio::ssl::stream_base::server, shaken);
        read_inner();
    }

private:
    void read_outer() {
        const auto came = [self = shared_from_this()](error_code failed, std::size_t count) {
            if (failed) {
                self->end_of_outer();
                return;
            }
            const auto passed_on = [self](error_code gone, std::size_t) {
                if (!gone) self->read_outer();
            };
            asio::async_write(self->inner_, asio::buffer(self->request_, count), passed_on);
        };
        outer_.async_read_some(asio::buffer(request_), came);
    }

    void read_inner() {
        const auto came = [self = shared_from_this()](error_code failed, std::size_t count) {
            if (failed) {
                self->say_farewell();
                return;
            }
            self->answer_size_ = count;
            if (self->is_shaken_) self->write_outer();
        };
        inner_.async_read_some(asio::buffer(answer_), came);
    }

    void write_outer() {
        const auto written = [self = shared_from_this()](error_code failed, std::size_t) {
            self->answer_size_ = 0;
            if (failed) {
                self->close();
                return;
            }
            self->read_inner();
        };
        asio::async_write(outer_, asio::buffer(answer_, answer_size_), written);
    }

    // Nothing more comes from the peer; it may still be answered.
    void end_of_outer() {
        error_code ignored;
        inner_.shutdown(tcp_socket::shutdown_send, ignored);
    }

    // The server has closed: says so, and waits a little for the peer to agree.
    void say_farewell() {
        if (!is_shaken_) {
            close();
            return;
        }
        farewell_.expires_after(farewell_time);
        farewell_.async_wait([self = shared_from_this()](error_code stopped) {
            if (!stopped) self->close();
        });
        outer_.async_shutdown([self = shared_from_this()](error_code) { self->close(); });
    }

    void close() {
        error_code ignored;
        farewell_.cancel();
        outer_.next_layer().close(ignored);
        inner_.close(ignored);
    }

    std::shared_ptr<context> context_;
    asio::ssl::stream<tcp_socket> outer_;
    tcp_socket inner_;
    steady_timer farewell_;
    std::array<char, part_bytes> request_{};
    std::array<char, part_bytes> answer_{};
    std::size_t answer_size_ = 0;  // bytes that wait to be written
    bool is_shaken_ = false;
};

tls_front::tls_front(tls_files files) : files_(std::move(files)), context_(read(files_)) {
}

tls_front::~tls_front() = default;

void tls_front::renew() {
    context_ = read(files_);
}

std::shared_ptr<tls_front::context> tls_front::read(const tls_files& files) {
    auto made = std::make_shared<context>();
    using options = asio::ssl::context;
    made->ssl.set_options(options::default_workarounds | options::no_tlsv1 | options::no_tlsv1_1
                          | options::no_compression);
    error_code failed;
    made->ssl.use_certificate_chain_file(files.certificate, failed);
    if (failed) refuse("the certificate", files.certificate, failed.message());
    made->ssl.use_private_key_file(files.key, options::pem, failed);
    if (failed) refuse("the key", files.key, failed.message());
    return made;
}

tcp_socket tls_front::decrypted(tcp_socket connection) const {
    const auto where = connection.get_executor();
    tcp_socket ours(where);
    tcp_socket given(where);
    std::array<int, 2> pair{};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair.data()) != 0) return given;
    error_code failed;
    ours.assign(asio::ip::tcp::v4(), pair[0], failed);
    given.assign(asio::ip::tcp::v4(), pair[1], failed);
    std::make_shared<pump>(std::move(connection), std::move(ours), context_)->start();
    return given;
}

}  // namespace hipchat::transport
