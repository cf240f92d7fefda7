
def connect(): pass
