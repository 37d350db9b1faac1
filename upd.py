import sys,time
from selon.library.store import Library
from selon.ledger.shelf import Shelf
t=time.time(); c=time.process_time()
with Library(sys.argv[1]) as lib:
    n=Shelf(lib).update(); print(n,'statements', time.time()-t, 'cpu', time.process_time()-c)
