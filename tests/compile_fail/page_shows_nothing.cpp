// A page is shown: a handler that returns nothing is refused in words.
#include <hipchat/addon.hpp>

void declare(hipchat::addon& sample) {
#ifdef MISTAKE
    sample.admin_page([](hipchat::page_request&) {});
#else
    sample.admin_page([](hipchat::page_request&) { return hipchat::html("<p>Here</p>"); });
#endif
}
