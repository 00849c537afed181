// protocol is below transport and must not see it.
#include "base/clock.hpp"
#include "protocol/url.hpp"
#ifdef MISTAKE
#include "transport/http.hpp"
#endif
