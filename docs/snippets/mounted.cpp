#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>

#include <hipchat/addon.hpp>
#include <hipchat/asio.hpp>

// [mounted]
int main() {
    hipchat::addon greeter{{.key = "greeter", .name = "Greeter"}};
    boost::asio::io_context loop;
    auto mounted = std::make_unique<hipchat::mounted>(loop, greeter);

    boost::asio::signal_set signals(loop, SIGINT, SIGTERM);
    signals.async_wait([&](boost::system::error_code, int) {
        mounted->drain([&](std::size_t) { mounted.reset(); });
    });
    loop.run();
}
// [/mounted]
