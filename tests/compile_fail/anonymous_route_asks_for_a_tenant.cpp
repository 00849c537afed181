// Nothing is known about who calls an anonymous route, so there is no tenant to act for.
#include <hipchat/addon.hpp>

void declare(hipchat::addon& sample) {
    sample.anonymous_route("GET", "/open", [](hipchat::anonymous_request& request) {
#ifdef MISTAKE
        return request.tenant();
#else
        return std::string(request.path());
#endif
    });
}
