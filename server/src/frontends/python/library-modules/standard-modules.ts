/** Modules that Python 3.11 has on Linux: an import of one succeeds, whether anything in it is modelled or not. `a:b,c.d` stands for a, a.b and a.c.d. */
const standard = `
  _abc _aix_support _ast _asyncio _bisect _blake2 _bootsubprocess _bz2 _codecs _codecs_cn _codecs_hk _codecs_iso2022 _codecs_jp _codecs_kr _codecs_tw
  _collections _collections_abc _compat_pickle _compression _contextvars _crypt _csv _ctypes _curses _curses_panel _datetime _dbm _decimal _elementtree
  _frozen_importlib _frozen_importlib_external _functools _gdbm _hashlib _heapq _imp _io _json _locale _lsprof _lzma _markupbase _md5 _multibytecodec
  _multiprocessing _opcode _operator _pickle _posixshmem _posixsubprocess _py_abc _pydecimal _pyio _queue _random _sha1 _sha256 _sha3 _sha512 _signal
  _sitebuiltins _socket _sqlite3 _sre _ssl _stat _statistics _string _strptime _struct _symtable _thread _threading_local _tkinter _tokenize _tracemalloc
  _typing _uuid _warnings _weakref _weakrefset _zoneinfo abc aifc argparse array ast asynchat
  asyncio:base_events,base_futures,base_subprocess,base_tasks,constants,coroutines,events,exceptions,format_helpers,futures,locks,log,mixins
  asyncio:protocols,queues,runners,selector_events,sslproto,staggered,streams,subprocess,taskgroups,tasks,threads,timeouts,transports,trsock
  asyncio:unix_events asyncore atexit audioop base64 bdb binascii bisect builtins bz2 cProfile calendar cgi cgitb chunk cmath cmd code codecs codeop
  collections:abc colorsys compileall concurrent:futures,futures.process,futures.thread configparser contextlib contextvars copy copyreg crypt csv
  ctypes:util,wintypes curses:ascii,has_key,panel,textpad dataclasses datetime dbm:dumb,gnu,ndbm decimal difflib dis
  distutils:archive_util,bcppcompiler,ccompiler,cmd,config,core,cygwinccompiler,debug,dep_util,dir_util,dist,errors,extension,fancy_getopt
  distutils:file_util,filelist,log,msvc9compiler,msvccompiler,spawn,sysconfig,text_file,unixccompiler,util,version,versionpredicate doctest
  email:base64mime,charset,contentmanager,encoders,errors,feedparser,generator,header,headerregistry,iterators,message,mime,mime.application
  email:mime.audio,mime.base,mime.image,mime.message,mime.multipart,mime.nonmultipart,mime.text,parser,policy,quoprimime,utils
  encodings:aliases,ascii,idna,latin_1,utf_8 ensurepip enum errno faulthandler fcntl filecmp fileinput fnmatch fractions ftplib functools gc genericpath
  getopt getpass gettext glob graphlib grp gzip hashlib heapq hmac html:entities,parser http:client,cookiejar,cookies,server idlelib imaplib imghdr imp
  importlib:abc,machinery,metadata,readers,resources,resources.abc,resources.readers,resources.simple,simple,util inspect io ipaddress itertools
  json:decoder,encoder,scanner,tool keyword lib2to3 linecache locale logging:config,handlers lzma mailbox mailcap marshal math mimetypes mmap modulefinder
  multiprocessing:connection,context,dummy,dummy.connection,forkserver,heap,managers,pool,popen_fork,popen_forkserver,popen_spawn_posix,process
  multiprocessing:queues,reduction,resource_sharer,resource_tracker,shared_memory,sharedctypes,spawn,synchronize,util netrc nis nntplib ntpath nturl2path
  numbers opcode operator optparse os pathlib pdb pickle pickletools pipes pkgutil platform plistlib poplib posix posixpath pprint profile pstats pty pwd
  py_compile pyclbr pydoc pydoc_data pyexpat queue quopri random re readline reprlib resource rlcompleter runpy sched secrets select selectors shelve shlex
  shutil signal site smtpd smtplib sndhdr socket socketserver spwd sqlite3:dbapi2,dump sre_compile sre_constants sre_parse ssl stat statistics string
  stringprep struct subprocess sunau symtable sys sysconfig syslog tabnanny tarfile telnetlib tempfile termios textwrap threading time timeit
  tkinter:colorchooser,commondialog,constants,dialog,dnd,filedialog,font,messagebox,scrolledtext,simpledialog,tix,ttk token tokenize tomllib trace traceback
  tracemalloc tty turtle turtledemo types typing unicodedata unittest:async_case,case,loader,main,mock,result,runner,signals,suite,util
  urllib:error,parse,request,response,robotparser uu uuid venv warnings wave weakref webbrowser wsgiref:handlers,headers,simple_server,types,util,validate
  xdrlib xml:dom,dom.NodeFilter,dom.domreg,dom.expatbuilder,dom.minicompat,dom.minidom,dom.pulldom,dom.xmlbuilder,etree,etree.ElementInclude
  xml:etree.ElementPath,etree.ElementTree,etree.cElementTree,parsers,parsers.expat,sax,sax.expatreader,sax.handler,sax.saxutils,sax.xmlreader
  xmlrpc:client,server zipapp zipfile zipimport zlib zoneinfo
`;

export const standardModules: readonly string[] = [...new Set(standard.trim().split(/\s+/).flatMap(entry => {
  const [name = '', inside] = entry.split(':');
  return [name, ...(inside?.split(',').map(rest => `${name}.${rest}`) ?? [])];
}))];
