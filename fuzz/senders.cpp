#include <array>

#include "property.hpp"
#include "targets.hpp"
#include "transport/address_block.hpp"
#include "transport/trusted_proxies.hpp"

namespace hipchat::fuzz {
namespace {

void check_block(std::string_view text) {
    const auto block = transport::address_block::parse(text);
    const auto address = transport::address_in(text);
    if (!block || !address) return;
    require(block->contains(*address), "a block contains the address that it is written as");
}

}  // namespace

void senders(std::string_view input) {
    static const transport::trusted_proxies proxies("127.0.0.1, 10.0.0.0/8 2001:db8::/32");
    const auto [plain, standard] = split(input, '\n');
    const std::array<transport::header, 2> headers{
        {{"X-Forwarded-For", plain}, {"Forwarded", standard}}};
    transport::http_request request;
    request.peer = "10.0.0.1";
    request.headers = headers;
    const std::string sender = proxies.sender_of(request);
    require(transport::address_in(sender) == sender, "a sender is an address");
    if (sender != request.peer)
        require(
            input.find(sender) != std::string_view::npos || sender.find(':') != std::string::npos,
            "a sender is one that was named");
    request.headers = std::span(headers).first(1);
    require(transport::address_in(proxies.sender_of(request)).has_value(), "one header will do");
    check_block(plain);
}

}  // namespace hipchat::fuzz
