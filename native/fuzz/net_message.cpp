// NetParameters in the wire format, as caffemodels hold them: brought to today's form, printed, read again, made a net.
#include "harness.h"

void caffesharp::fuzz::TryInput(const std::uint8_t* bytes, std::size_t length) {
  caffe_message* message = nullptr;
  caffe_message* again = nullptr;
  caffe_net* net = nullptr;
  const char* text = nullptr;
  std::int64_t text_length = 0;
  std::int32_t complete = 0;
  if (!Succeeded(
          caffe_message_parse_bytes("NetParameter", bytes, static_cast<std::int64_t>(length), nullptr, &message))) {
    return;
  }
  Succeeded(caffe_message_upgrade(message, &complete));
  if (Succeeded(caffe_message_text(message, &text, &text_length))) {
    const std::string safe =
        WithoutPaths(reinterpret_cast<const std::uint8_t*>(text), static_cast<std::size_t>(text_length));
    if (Succeeded(caffe_message_parse_text("NetParameter", safe.data(), text_length, nullptr, &again)) &&
        Succeeded(caffe_message_create_net(again, nullptr, nullptr, &net))) {
      RunAndDestroy(net, false);
    }
  }
  Must(caffe_message_destroy(again));
  Must(caffe_message_destroy(message));
}
