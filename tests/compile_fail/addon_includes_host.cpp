// The add-on's side meets the host over HTTP only.
#include "addon/settings.hpp"
#include "protocol/url.hpp"
#ifdef MISTAKE
#include "host/host.hpp"
#endif
