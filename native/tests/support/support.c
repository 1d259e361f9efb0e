#define _GNU_SOURCE
#include "support.h"

#include <ftw.h>
#include <stdatomic.h>
#include <unistd.h>

#include "check.h"

/* Texts handed out live until the program ends; kept, so that the leak checker sees them. */
static char* kept_texts[256];
static atomic_size_t kept_count;

static const char* keep(char* text) {
  const size_t place = atomic_fetch_add(&kept_count, 1);
  if (place >= sizeof(kept_texts) / sizeof(kept_texts[0])) abort();
  kept_texts[place] = text;
  return text;
}

static char* join(const char* folder, const char* name) {
  char* path = NULL;
  if (asprintf(&path, "%s/%s", folder, name) < 0) abort();
  return path;
}

/* What CTest takes for a test that was skipped; CMakeLists.txt says so. */
enum { kSkipped = 77 };

static const char* shared_path(const char* folder, const char* name) {
  const char* shared = getenv("MTCNN_SHARED");
  char* parent = join(shared == NULL || *shared == '\0' ? DEFAULT_SHARED : shared, folder);
  const char* path = keep(join(parent, name));
  if (access(path, R_OK) != 0) {
    fprintf(stderr, "%s does not exist. The tests require it: set MTCNN_SHARED to the folder that holds %s/.\n", path,
            folder);
    const char* const tier = getenv("CAFFESHARP_TESTS");
    exit(tier != NULL && strcmp(tier, "strict") == 0 ? 1 : kSkipped);
  }
  free(parent);
  return path;
}

const char* model_path(const char* name) { return shared_path("models", name); }

const char* photo_path(const char* name) { return shared_path("images", name); }

caffe_status try_net_from_text(const char* prototxt) {
  caffe_net* net = NULL;
  const caffe_status status = caffe_net_create_from_text(prototxt, (int64_t)strlen(prototxt), NULL, NULL, &net);
  CHECK_THAT(status == CAFFE_OK || net == NULL);
  if (status == CAFFE_OK) CHECK_OK(caffe_net_destroy(net));
  return status;
}

caffe_net* net_from_text(const char* prototxt) {
  caffe_net* net = NULL;
  MUST(caffe_net_create_from_text(prototxt, (int64_t)strlen(prototxt), NULL, NULL, &net));
  return net;
}

caffe_net* net_from_file(const char* prototxt_path) {
  caffe_net* net = NULL;
  MUST(caffe_net_create_from_file(prototxt_path, NULL, &net));
  return net;
}

caffe_net* original_net(const char* name) {
  char file[64];
  snprintf(file, sizeof(file), "reference/%s/%s.prototxt", name, name);
  caffe_net* net = net_from_file(model_path(file));
  snprintf(file, sizeof(file), "reference/%s/%s.caffemodel", name, name);
  int32_t copied = 0;
  MUST(caffe_net_copy_from_file(net, model_path(file), &copied));
  CHECK_THAT(copied > 0);
  return net;
}

caffe_blob* blob_by_name(caffe_net* net, const char* name) {
  int32_t index = -1;
  caffe_blob* blob = NULL;
  MUST(caffe_net_blob_index(net, name, &index));
  MUST(caffe_net_blob(net, index, &blob));
  return blob;
}

int32_t layer_by_name(caffe_net* net, const char* name) {
  int32_t index = -1;
  MUST(caffe_net_layer_index(net, name, &index));
  return index;
}

void reshape_input(caffe_net* net, const char* name, int32_t n, int32_t c, int32_t h, int32_t w) {
  const int32_t shape[] = {n, c, h, w};
  caffe_blob* blob = blob_by_name(net, name);
  CHECK_OK(caffe_blob_reshape(blob, shape, 4));
  CHECK_OK(caffe_blob_destroy(blob));
}

void fill_blob(caffe_blob* blob, uint32_t seed) {
  float* data = NULL;
  int64_t count = 0;
  MUST(caffe_blob_mutable_data(blob, &data, &count));
  uint32_t state = seed;
  for (int64_t i = 0; i < count; ++i) {
    state = state * 1664525u + 1013904223u;
    data[i] = (float)(state >> 8) / (float)(1 << 23) - 1.0f;
  }
}

caffe_status forward_all(caffe_net* net) {
  int32_t count = 0;
  MUST(caffe_net_layer_count(net, &count));
  return caffe_net_forward(net, 0, count - 1, NULL);
}

void forward_filled(caffe_net* net, const char* input, uint32_t seed) {
  caffe_blob* blob = blob_by_name(net, input);
  fill_blob(blob, seed);
  CHECK_OK(caffe_blob_destroy(blob));
  CHECK_OK(forward_all(net));
}

float* copy_data(caffe_net* net, const char* name, int64_t* count) {
  caffe_blob* blob = blob_by_name(net, name);
  const float* data = NULL;
  MUST(caffe_blob_data(blob, &data, count));
  // An empty blob has no memory.
  float* copy = calloc((size_t)*count + 1, sizeof(float));
  if (copy == NULL) abort();
  if (*count > 0) memcpy(copy, data, (size_t)*count * sizeof(float));
  CHECK_OK(caffe_blob_destroy(blob));
  return copy;
}

bool same_data(caffe_net* a, caffe_net* b, const char* name) {
  int64_t count_a = 0;
  int64_t count_b = 0;
  float* data_a = copy_data(a, name, &count_a);
  float* data_b = copy_data(b, name, &count_b);
  const bool same = count_a == count_b && memcmp(data_a, data_b, (size_t)count_a * sizeof(float)) == 0;
  free(data_a);
  free(data_b);
  return same;
}

static char* temporary_folder = NULL;

static int remove_entry(const char* path, const struct stat* status, int type, struct FTW* walk) {
  (void)status;
  (void)type;
  (void)walk;
  return remove(path);
}

static void remove_temporary_folder(void) {
  nftw(temporary_folder, remove_entry, 8, FTW_DEPTH | FTW_PHYS);
  free(temporary_folder);
}

const char* temporary_path(const char* name) {
  if (temporary_folder == NULL) {
    const char* parent = getenv("TMPDIR");
    temporary_folder = join(parent == NULL || *parent == '\0' ? "/tmp" : parent, "caffesharp-test-XXXXXX");
    if (mkdtemp(temporary_folder) == NULL) {
      perror(temporary_folder);
      exit(1);
    }
    atexit(remove_temporary_folder);
  }
  return keep(join(temporary_folder, name));
}

void write_file(const char* path, const void* bytes, size_t length) {
  FILE* file = fopen(path, "wb");
  if (file == NULL || fwrite(bytes, 1, length, file) != length || fclose(file) != 0) {
    perror(path);
    exit(1);
  }
}

unsigned char* read_file(const char* path, size_t* length) {
  FILE* file = fopen(path, "rb");
  if (file == NULL || fseek(file, 0, SEEK_END) != 0) {
    perror(path);
    exit(1);
  }
  const long size = ftell(file);
  rewind(file);
  if (*length == 0 || *length > (size_t)size) *length = (size_t)size;
  unsigned char* bytes = malloc(*length);
  if (bytes == NULL || fread(bytes, 1, *length, file) != *length) {
    perror(path);
    exit(1);
  }
  fclose(file);
  return bytes;
}

long resident_kilobytes(void) {
  FILE* file = fopen("/proc/self/status", "r");
  char line[256];
  long kilobytes = -1;
  while (file != NULL && fgets(line, sizeof(line), file) != NULL) {
    if (sscanf(line, "VmRSS: %ld", &kilobytes) == 1) break;
  }
  if (file != NULL) fclose(file);
  return kilobytes;
}
