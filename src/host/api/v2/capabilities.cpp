#include "protocol/capabilities.hpp"
#include "host/api/v2/rest.hpp"

namespace hipchat::host {
namespace {

task<http_response> get_capabilities(services& on) {
    co_return json_response(200, protocol::write_host_capabilities(on.self.base_url()));
}

}  // namespace

void add_capabilities_routes(router& to, services& on) {
    to.for_anybody("GET", "/v2/capabilities", [&on](const request& asked) {
        return recorded(on, asked, {.what = "capabilities"}, get_capabilities(on));
    });
}

}  // namespace hipchat::host
