-- What wrk sends: the photo that the variable PHOTO names.
wrk.method = "POST"
wrk.body = assert(io.open(os.getenv("PHOTO"), "rb")):read("*a")
